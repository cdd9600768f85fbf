"""Some rounds of the fuzzer with fixed seeds; `make fuzz` goes on with others."""

import random

import pytest

from tests.fuzz.targets import TARGETS, run
from tests.fuzz.world import make_world

ROUNDS = 3  # times as often as one round of the fuzzer has each


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """The exam and its files."""
    return make_world(tmp_path_factory.mktemp("world"))


@pytest.mark.parametrize("name", TARGETS)
def test_damage_is_answered_and_earns_nothing(world, name):
    """Neither a traceback nor a point for what was not read."""
    throw, weight = TARGETS[name]
    for seed in range(ROUNDS * weight):
        throw(world, random.Random(seed))  # noqa: S311


def test_what_is_damaged_was_whole(world):
    """The undamaged files are taken, so that it is the damage that is refused."""
    form, ada = world.folder / "form.json", world.folder / "ada.json"
    for name in ("ada.yaml", "ada.json", "class.csv", "utf16.csv", "moodle.csv"):
        assert run("grade", form, world.folder / name)[0] == 0
    assert (
        run("grade", form, ada, "--policy", world.folder / "policy.yaml", "--marks", world.folder / "marks.yaml")[0]
        == 0
    )
    assert run("stats", world.folder / "graded.json")[0] == 0
    assert run("read", "-", stdin=world.files["lines.json"])[0] == 0
