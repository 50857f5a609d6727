"""The channels, each tried over its own wire."""
