"""Personnel records."""
