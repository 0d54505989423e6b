"""Facts to PDF."""
