"""The examples in the domain's docstrings."""

import doctest
import importlib
import pkgutil

import domain
import pytest

MODULES = sorted(found.name for found in pkgutil.walk_packages(domain.__path__, "domain."))


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_docstrings_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
