"""Lockstep: everything behind the shell. Read `workflows/onboarding.py` first."""
