"""What to do. Pure: no clock, no I/O, no randomness; the caller passes `now`."""
