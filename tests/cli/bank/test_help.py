"""What every ``quizgen bank`` command has: help, and options that say what they do."""

import json

import pytest

from quizgen.bank import schema as bank_schema
from quizgen.cli.bank import bank

KINDS = tuple(bank_schema.KINDS)


@pytest.mark.parametrize("command", bank.commands)
def test_every_command_has_help(run, command):
    """Help is there for each command, and each option says what it does."""
    output = run(command, "--help")
    assert output.startswith("Usage:")
    assert "--help" in output
    options = [parameter for parameter in bank.commands[command].params if parameter.param_type_name == "option"]
    assert all(option.help for option in options)


def test_schema_prints_json_that_an_editor_can_use(run):
    """The printed JSON Schema is complete JSON and describes item templates."""
    schema = json.loads(run("schema"))
    assert schema["title"] == "ItemTemplate"
    assert schema["properties"]["level"]["enum"] == ["recall", "explain", "apply", "analyse"]


@pytest.mark.parametrize("kind", KINDS)
def test_schema_of_every_kind_of_file(run, kind):
    """What may be asked for is what there is."""
    assert json.loads(run("schema", "--of", kind))["properties"]


def test_no_kind_of_file_is_left_out():
    """The command offers what the bank knows."""
    (option,) = (one for one in bank.commands["schema"].params if one.name == "kind")
    assert tuple(option.type.choices) == KINDS
