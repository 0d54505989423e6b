"""What every test of policies starts from."""

import pytest

from lockstep.authoring.checks.base import Context
from tests.authoring.sample import surroundings


@pytest.fixture(scope="session")
def context(tmp_path_factory: pytest.TempPathFactory) -> Context:
    return surroundings(tmp_path_factory.mktemp("content"))
