"""The channels, each tried over the wire."""
