"""Shared fixtures, and what a test says when the machine lacks a program that it drives."""

import os
import shutil

import pytest
from hypothesis import HealthCheck, settings

from assess.rubric.load import load_rubric
from assess.rubric.model import Rubric

# Speed is for benchmarks: a busy machine must not fail a test of what is true.
settings.register_profile("calm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("calm")


@pytest.fixture(scope="session")
def rubric() -> Rubric:
    """The instrument that comes with the program."""
    return load_rubric()


def program(name: str) -> str:
    """Return the path of a program; without it the test is skipped, and fails where CI is set."""
    found = shutil.which(name)
    if found is None and os.environ.get("CI"):
        pytest.fail(f"{name} is not installed; tools/system_check.sh tests installs it")
    if found is None:
        pytest.skip(f"{name} is not installed; tools/system_check.sh tests installs it")
    return found


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the system's Chromium."""
    return program("chromium")


@pytest.fixture(scope="session")
def soffice() -> str:
    """The path of LibreOffice, which runs without a screen."""
    return program("soffice")


@pytest.fixture(scope="session")
def pdftoppm() -> str:
    """The path of poppler's page painter."""
    return program("pdftoppm")


@pytest.fixture(scope="session")
def node() -> str:
    """The path of Node.js."""
    return program("node")
