"""A text becomes features: its words repaired and taken apart, its parts that ask, the ideas it names."""
