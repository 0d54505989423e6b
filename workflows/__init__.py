"""When things happen. Read `onboarding.py` first."""
