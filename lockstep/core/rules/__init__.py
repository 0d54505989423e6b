"""One file a rule: what it makes fall due. Add yours to `core.agenda`."""
