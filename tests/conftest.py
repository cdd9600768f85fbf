"""What many tests share: the bank that comes with quizgen, and one exam made from it."""

import os

import pytest
from hypothesis import settings

from quizgen import api

settings.register_profile("quizgen", deadline=None)  # that a machine is busy is no fault
settings.load_profile("quizgen")


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory):
    """What commands keep goes into a folder of the tests' own, in other processes too."""
    os.environ["QUIZGEN_CACHE"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def bank():
    """The bank that comes with quizgen, loaded once."""
    return api.load_bank()


@pytest.fixture(scope="session")
def form(bank):
    """The practice exam of seed 7."""
    return api.make_form(bank, bank.blueprints["practice"], seed=7)
