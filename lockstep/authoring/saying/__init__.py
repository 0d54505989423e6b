"""A policy in plain sentences, chapter by chapter. Start in `policy.py`."""
