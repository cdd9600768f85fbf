"""``quizgen bank new``: what an author begins with."""

from pathlib import Path

import pytest

from quizgen.bank.load import load_bank
from quizgen.errors import UnknownNameError, UsageError


def loaded(*folders):
    return load_bank([Path("question_bank"), *map(Path, folders)])


def test_new_writes_a_template_that_loads_and_passes_the_check(run):
    """What an author begins with works, and says what to do next."""
    assert run("new", "mine").splitlines() == [
        "Wrote question_bank/practice/mine.yaml",
        "Next: change it, look at it, and certify it:",
        "  quizgen bank preview mine --bank question_bank --watch",
        "  quizgen bank check question_bank/practice/mine.yaml",
    ]
    assert list(loaded().topics) == ["practice"]
    last = run("check", "question_bank/practice/mine.yaml", "--seeds", "20").splitlines()[-1]
    assert last == "All passed: 1 of 1 on 20 seeds each."


def test_new_takes_an_item_type(run, fails):
    """The part is of that type; a misspelt one is helped."""
    run("new", "mine", "--type", "choice")
    assert [part.type for part in loaded().templates["mine"].parts] == ["choice"]
    assert "did you mean 'choice'" in fails(UnknownNameError, "new", "another", "--type", "choise")


def test_new_adds_to_a_topic_that_is_there(run, change):
    """The topic's own file is left as it is."""
    run("new", "mine", "--topic", "gates", "--bank", "own")
    change("New topic", "Gates", Path("own/gates/topic.yaml"))
    run("new", "another", "--topic", "gates", "--bank", "own")
    bank = loaded("own")
    assert list(bank.templates) == ["another", "mine"]
    assert bank.topics["gates"].title == "Gates"


def test_new_overwrites_nothing(run, fails, change):
    """A template that is there stays as it is."""
    run("new", "mine")
    change("minutes: 4", "minutes: 5")
    assert "question_bank/practice/mine.yaml exists already" in fails(UsageError, "new", "mine")
    assert loaded().templates["mine"].minutes == 5


@pytest.mark.parametrize("arguments", [("Mine",), ("../mine",), ("mine", "--topic", "../x"), ("mine", "--topic", "")])
def test_new_refuses_what_can_be_no_id(fails, templates, arguments):
    """An id becomes a file's name: nothing is written outside of the bank."""
    assert "cannot be an id" in fails(UsageError, "new", *arguments)
    assert templates() == []


@pytest.fixture
def follow(run):
    """What the commands print that ``new`` names as the next ones."""

    def go(lines):
        commands = [line.split()[2:] for line in lines if line.startswith("  quizgen bank ")]
        assert [words[0] for words in commands] == ["preview", "check"]
        shown = [word for word in commands[0] if word != "--watch"]
        return run(*shown, "--no-open"), run(*commands[1])

    return go


def test_new_adds_to_a_topic_that_comes_with_quizgen(run, follow):
    """No second topic.yaml is written, and the commands that are named as the next ones work."""
    run("new", "shipped", "--topic", "gates")
    lines = run("new", "mine", "--topic", "gates", "--bank", "own").splitlines()
    assert [str(path) for path in Path("own").rglob("*.yaml")] == ["own/gates/mine.yaml"]
    shown, checked = follow(lines)
    assert shown.startswith("Wrote ")
    assert "All passed: 1 of 1" in checked
    assert "All passed: 1 of 1" in run("check", "own", "--seeds", "2")


def test_new_begins_a_topic_that_is_not_there(run, follow):
    """Its topic.yaml is written too, and the next commands work."""
    run("new", "shipped", "--topic", "gates")
    lines = run("new", "mine", "--topic", "norms", "--bank", "own").splitlines()
    assert Path("own/norms/topic.yaml").exists()
    assert "All passed: 1 of 1" in follow(lines)[1]


def test_new_refuses_an_id_that_is_taken_elsewhere(run, fails):
    """An id stands in one file of all banks, whatever its topic."""
    run("new", "taken", "--topic", "gates")
    message = "question_bank/gates/taken.yaml exists already"
    assert message in fails(UsageError, "new", "taken", "--topic", "norms", "--bank", "own")
    assert not Path("own").exists()


@pytest.mark.parametrize("arguments", [("mine", "--topic", "blueprints"), ("topic",)])
def test_new_refuses_the_names_that_mean_something_else(fails, templates, arguments):
    """A template in blueprints/ would be read as a blueprint, and topic.yaml as a topic."""
    assert "could hold no item template" in fails(UsageError, "new", *arguments)
    assert templates() == []
