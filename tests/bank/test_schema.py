"""What an author may write: the strict twins of our dataclasses, and the JSON Schema that editors use."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from quizgen.bank.authored import authored, field_meanings, keys_at
from quizgen.bank.schema import KINDS, file_schema, json_schema
from quizgen.bank.yaml_nodes import parse_yaml, read_yaml
from quizgen.experiments import EXPERIMENTS
from quizgen.figures import FIGURES
from quizgen.items import ITEM_TYPES
from quizgen.items.template import Draw, FigureSpec, ItemTemplate, PartSpec, Simulation
from quizgen.shipped import QUESTION_BANK

EXAMPLE = Path(__file__).parent / "example" / "chains" / "one-unit.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A dataclass below another."""

    text: str
    """Some words."""
    truth: bool | str = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """Every kind of field that our dataclasses have."""

    leaves: tuple[Leaf, ...] = ()
    pair: tuple[float, int] | None = None
    word: Literal["a", "b"] = "a"


def read(value) -> Tree:
    return TypeAdapter(authored(Tree, {})).validate_python(value)


def test_what_is_read_is_the_original_dataclass():
    """Lists become tuples, whole numbers become floats where floats belong, defaults are the dataclass's own."""
    written = {"leaves": [{"text": "x", "truth": "a > b"}, {"text": "y", "truth": True}], "pair": [1, 2]}
    assert read(written) == Tree(leaves=(Leaf(text="x", truth="a > b"), Leaf(text="y", truth=True)), pair=(1.0, 2))
    assert isinstance(read(written).pair[0], float)
    assert read({}) == Tree()


@given(st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_where_an_expression_belongs_becomes_its_text(number):
    """``gain: 1.5`` is the expression "1.5", of the same value."""
    assert float(read({"leaves": [{"text": number}]}).leaves[0].text) == number


@pytest.mark.parametrize(
    "written",
    [
        {"leaves": [{"text": True}]},
        {"leaves": [{"text": None}]},
        {"leaves": [{"text": "x", "truth": None}]},
        {"leaves": {"text": "x"}},
        {"leaves": [{"text": "x", "more": 1}]},
        {"pair": ["1", 2]},
        {"pair": [True, 2]},
        {"pair": [1.0, 2.0]},
        {"pair": [1.0, 2, 3]},
        {"pair": [float("inf"), 2]},
        {"word": "c"},
    ],
)
def test_nothing_is_coerced_silently(written):
    """A value of another kind, an unknown key and an infinity are refused."""
    with pytest.raises(ValidationError):
        read(written)


def test_a_field_that_no_author_can_write_is_refused_when_the_twin_is_made():
    """A type that YAML has no value for is a mistake of the programmer, told at once."""
    with pytest.raises(TypeError, match="no author can write"):
        authored(object, {})


def test_keys_are_known_at_every_depth():
    """A misspelt key can be compared with the keys of its own place."""
    hint = authored(Tree, {})
    assert keys_at(hint, ()) == ("leaves", "pair", "word")
    assert keys_at(hint, ("leaves", 3)) == ("text", "truth")
    assert keys_at(hint, ("leaves", 3, "text")) == ()
    assert keys_at(hint, ("nowhere",)) == ()


def test_meanings_are_the_docstrings_below_the_fields():
    """The help of an editor is what the dataclass says about its fields."""
    assert field_meanings(Leaf) == {"text": "Some words."}
    assert set(field_meanings(Draw)) == {field.name for field in fields(Draw)}


def test_the_example_is_read_as_its_author_meant_it():
    """A run's experiment and a part's item type stand in the dataclasses' own fields."""
    template = file_schema(ItemTemplate).read(parse_yaml(EXAMPLE.read_text(encoding="utf-8"), EXAMPLE))
    arguments = {"activation": "linear", "weight": "w", "timesteps": "T", "bias": "0", "start": "0.001"}
    assert template.simulate == {"run": Simulation(experiment="scalar_chain", arguments=arguments)}
    assert template.draw["w"] == Draw(uniform=(0.70, 0.95), decimals=2)
    assert [part.type for part in template.parts] == ["numeric", "true_false", "open", "choice", "numeric"]
    assert all(isinstance(part.spec, ITEM_TYPES[part.type].spec) for part in template.parts)
    assert template.parts[-1].follows == {"gradient": (0.001, 1.0)}


def test_the_json_schema_knows_every_table():
    """Item types, experiments with their parameters and kinds of figure are offered by name."""
    schema = json_schema()
    part, figure = schema["$defs"]["PartSpec"], schema["$defs"]["FigureSpec"]
    runs = schema["properties"]["simulate"]["additionalProperties"]["oneOf"]
    assert [choice["required"] for choice in part["oneOf"]] == [[name] for name in ITEM_TYPES]
    assert figure["properties"]["kind"]["enum"] == list(FIGURES)
    assert [run["properties"]["experiment"]["const"] for run in runs] == list(EXPERIMENTS)
    for run, experiment in zip(runs, EXPERIMENTS.values(), strict=True):
        assert set(run["properties"]) == {"experiment", *(parameter.name for parameter in experiment.parameters)}


def test_the_json_schema_has_the_keys_of_the_dataclasses_and_their_help():
    """Every key that an author may write is there, those of the loader are not, and the docstrings are its help."""
    schema = json_schema()
    assert set(schema["properties"]) == {field.name for field in fields(ItemTemplate)} - {"source", "digest"}
    assert schema["additionalProperties"] is False
    written = {field.name for field in fields(PartSpec)} - {"type", "spec"} | set(ITEM_TYPES)
    assert set(schema["$defs"]["PartSpec"]["properties"]) == written
    figure = schema["$defs"]["FigureSpec"]["properties"]
    assert {name: help_text["description"] for name, help_text in figure.items()} == field_meanings(FigureSpec)


def test_the_json_schema_accepts_the_keys_of_the_example():
    """Walking the example along the schema meets no key that the schema does not know."""
    schema = json_schema()

    def walk(value, part):
        part = schema["$defs"][part["$ref"].rsplit("/", 1)[1]] if "$ref" in part else part
        for option in part.get("anyOf", []):
            part = part | (option if option.get("type") != "null" else {})
        if "$ref" in part:
            walk(value, {"$ref": part["$ref"]})
        elif isinstance(value, dict) and "properties" in part:
            assert set(part.get("required", ())) <= set(value) <= set(part["properties"])
            for key, below in value.items():
                walk(below, part["properties"][key])
        elif isinstance(value, dict) and "oneOf" not in part:
            for below in value.values():
                walk(below, part["additionalProperties"])
        elif isinstance(value, list) and "items" in part:
            for below in value:
                walk(below, part["items"])

    walk(parse_yaml(EXAMPLE.read_text(encoding="utf-8"), EXAMPLE).value, schema)


def objects_in(schema):
    """Every object with properties of its own, wherever it stands."""
    if isinstance(schema, dict):
        if "properties" in schema:
            yield schema
        schema = list(schema.values())
    for inner in schema if isinstance(schema, list) else ():
        yield from objects_in(inner)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_every_file_is_described(kind):
    """An editor that completes a field can say what it means."""
    found = list(objects_in(json_schema(kind)))
    assert found
    for one in found:
        for name, field in one["properties"].items():
            assert "description" in field or "$ref" in field or field.get("const"), (one.get("title"), name)


@pytest.mark.parametrize(
    ("kind", "pattern"),
    [
        ("template", "[!b]*/[!t]*.yaml"),
        ("topic", "*/topic.yaml"),
        ("blueprint", "blueprints/*.yaml"),
        ("misconceptions", "misconceptions.yaml"),
        ("claims", "claims.yaml"),
    ],
)
def test_the_shipped_files_use_only_what_their_schema_knows(kind, pattern):
    """No key at the top of a file is unknown, and none that is required is missing."""
    schema = json_schema(kind)
    files = list(QUESTION_BANK.glob(pattern))
    assert files
    for path in files:
        keys = set(read_yaml(path).value)
        assert keys <= set(schema["properties"]), path
        assert keys >= set(schema["required"]), path
