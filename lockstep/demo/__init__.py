"""`make demo`: a small company's hires live through their onboarding on an accelerated clock."""
