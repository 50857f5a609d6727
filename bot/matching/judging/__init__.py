"""How good it is, and whether the knowledge does what its editors expect."""
