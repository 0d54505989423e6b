"""When things happen. Read `onboarding.py` first."""

from workflows.onboarding import OnboardingWorkflow

ALL = [OnboardingWorkflow]
"""Every workflow: worker and replayer share the list, so they cannot drift apart."""
