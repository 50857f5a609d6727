"""Facts that a text tells, supposes or denies, by the kind of each of its sentences."""
