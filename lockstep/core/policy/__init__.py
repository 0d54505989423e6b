"""The policy model: what HR writes in YAML. Read `policy.py` first."""
