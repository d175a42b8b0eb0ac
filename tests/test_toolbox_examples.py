"""The examples in the docstrings of the numerical toolboxes run and print what they say."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
from pathlib import Path

import pytest

import assess.agreement
import assess.index
import assess.roadmap

MODULES = ["assess.attribution", "assess.index", "assess.agreement", "assess.roadmap", "assess.sensitivity.tipping"] + [
    f"{package.__name__}.{module.name}"
    for package in (assess.index, assess.agreement, assess.roadmap)
    for module in pkgutil.iter_modules(package.__path__)
]


@pytest.mark.parametrize("name", MODULES)
def test_every_example_prints_what_it_says(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_the_page_about_the_toolboxes_says_what_they_print():
    page = Path(__file__).parents[1] / "docs" / "toolbox.md"
    assert doctest.testfile(str(page), module_relative=False, encoding="utf-8").failed == 0


@pytest.mark.parametrize("name", ["assess.index", "assess.agreement", "assess.attribution", "assess.roadmap"])
def test_every_public_name_exists_and_says_what_it_is(name):
    module = importlib.import_module(name)
    assert sorted(module.__all__) == sorted(set(module.__all__))
    for public in module.__all__:
        thing = getattr(module, public)
        assert thing.__doc__ or not (inspect.isfunction(thing) or inspect.isclass(thing))
