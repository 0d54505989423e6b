"""How the outside is reached: thin classes over ports. Look up, call, return; no rules."""
