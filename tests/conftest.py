"""Shared fixtures."""

import pytest

from assess.rubric.load import load_rubric
from assess.rubric.model import Rubric


@pytest.fixture(scope="session")
def rubric() -> Rubric:
    """The instrument that comes with the program."""
    return load_rubric()
