"""Words for times, read without a clock: what a text says of days, of hours, and of how long ago."""
