"""The command line `lockstep`: what an operator asks for, in words; every rule is elsewhere."""
