"""A second domain: the knowledge of a bakery, in German alone. Nothing in it is about data protection."""
