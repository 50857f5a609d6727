"""The dialogue: events, the state machine, which question comes next, and the replies. Pure: no I/O, no clock."""
