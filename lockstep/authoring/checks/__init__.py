"""What makes a policy unusable or unwise. One short function a check; add yours to `registry.CHECKS`."""
