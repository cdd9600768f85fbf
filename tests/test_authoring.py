"""The authors' guide tells the truth: its examples are certified, its tables are the code's own, its commands exist.

After a change of a field, `QUIZGEN_UPDATE_README=1 pytest tests/test_authoring.py` writes its tables anew.
"""

import os
import re
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from quizgen import api
from quizgen.bank.authored import field_meanings
from quizgen.bank.catalogues import Claim, KnownMisconception
from quizgen.bank.load import load_bank, read_templates
from quizgen.bank.topic import Topic
from quizgen.cli.bank import bank as command
from quizgen.expressions import FUNCTIONS
from quizgen.items import ITEM_TYPES
from quizgen.items.template import ItemTemplate
from quizgen.shipped import QUESTION_BANK

GUIDE = Path(__file__).parent.parent / "docs" / "authoring.md"
TEXT = GUIDE.read_text(encoding="utf-8")
UPDATE = "QUIZGEN_UPDATE_README" in os.environ
BLOCKS = re.findall(r"^```yaml\n(.*?)^```\n", TEXT, re.MULTILINE | re.DOTALL)
FILES = {block.split("\n")[0].removeprefix("# "): block for block in BLOCKS if block.startswith("# ")}
BASE, *EXAMPLES = [block for block in BLOCKS if not block.startswith("# ")]
SEEDS = 25
NOT_WRITTEN = {
    "ItemTemplate": ("source", "digest"),
    "PartSpec": ("type", "spec"),
    "GapSpec": ("type", "spec"),
    "MisconceptionSpec": ("name",),
}


def dataclasses_in(hint):
    """The dataclass that a type hint names, and those that its own fields name."""
    if is_dataclass(hint):
        yield hint
        for inner in get_type_hints(hint).values():
            yield from dataclasses_in(inner)
    for argument in get_args(hint):
        yield from dataclasses_in(argument)


WRITTEN = {
    cls.__name__: cls
    for root in (ItemTemplate, *(kind.spec for kind in ITEM_TYPES.values()), KnownMisconception, Claim, Topic)
    for cls in dataclasses_in(root)
    if cls.__name__ != "Simulation"  # its fields are those of its experiment
}


def written_fields(cls):
    return [field for field in fields(cls) if field.name not in NOT_WRITTEN.get(cls.__name__, ())]


# -- examples ----------------------------------------------------------------------------------------------------------


def sections(block):
    """The top-level sections of a template's text, by name."""
    return {match[1]: match[0] for match in re.finditer(r"^(\w+):.*\n(?:(?:[ #].*)?\n)*", block, re.MULTILINE)}


def template_of(example, folder):
    """The template that the guide begins with, its sections replaced by those of ``example``."""
    path = folder / "vanishing" / "my-question.yaml"
    path.parent.mkdir()
    merged = sections(BASE) | sections(example)
    order = [field.name for field in fields(ItemTemplate)]
    order.remove("parts"), order.remove("stem"), order.insert(order.index("model_answer"), "stem")
    order.insert(order.index("model_answer"), "parts")
    path.write_text("".join(merged[name] for name in order if name in merged), encoding="utf-8")
    (template,) = read_templates([path], banks=[QUESTION_BANK])
    return template


@pytest.mark.parametrize("example", [BASE, *EXAMPLES], ids=lambda block: block.split("\n")[0])
def test_every_example_is_certified(example, tmp_path):
    """Put into the template that the guide begins with, each example loads and passes the check."""
    assert api.check_template(template_of(example, tmp_path), seeds=SEEDS).faults == ()


def test_the_other_files_of_a_bank_load(tmp_path):
    """The catalogues and the topic that the guide shows stand beside the shipped bank."""
    (tmp_path / "own-topic").mkdir()
    (tmp_path / "own-topic" / "topic.yaml").write_text(FILES["topic.yaml"], encoding="utf-8")
    for name in ("misconceptions.yaml", "claims.yaml"):
        (tmp_path / name).write_text(FILES[name], encoding="utf-8")
    loaded = load_bank([QUESTION_BANK, tmp_path])
    assert loaded.topics["own-topic"].formulas[0].formula == r"r^{T} = e^{T \ln r}"
    assert "forgets-the-first-timestep" in loaded.misconceptions
    assert "X1" in loaded.claims


@pytest.mark.parametrize("name", ITEM_TYPES)
def test_every_item_type_has_a_section_with_an_example(name):
    """A type without one is named here."""
    section = re.search(rf"^### {name}\n(.*?)(?=^##)", TEXT, re.MULTILINE | re.DOTALL)
    assert section, f"docs/authoring.md: write a section: ### {name}"
    assert re.search(rf"^    {name}:", section[1], re.MULTILINE)
    assert f"<!-- fields: {ITEM_TYPES[name].spec.__name__}" in section[1]


@pytest.mark.parametrize("name", WRITTEN)
def test_every_field_has_an_example(name):
    """No field is only listed."""
    missing = [field.name for field in written_fields(WRITTEN[name]) if f"{field.name}:" not in "".join(BLOCKS)]
    left_out = {
        "Topic": {"cause", "effect", "example", "example_numbers", "example_template", "solution", "why_recurrent"}
    }
    assert set(missing) <= left_out.get(name, set())


# -- tables ------------------------------------------------------------------------------------------------------------


def default(field):
    if field.default is not MISSING:
        return {None: "–", "": "–", (): "–", False: "`false`", True: "`true`"}.get(field.default, f"`{field.default}`")
    return "needed" if field.default_factory is MISSING else "–"


def table(cls):
    """The fields of a class, as the code documents them."""
    meanings = field_meanings(cls)
    rows = [
        f"| `{field.name}` | {default(field)} | {' '.join(meanings[field.name].split()).replace('|', chr(92) + '|')} |"
        for field in written_fields(cls)
    ]
    return "\n".join(["| field | if left out | what it says |", "|---|---|---|", *rows])


def tables(names):
    first, *others = (WRITTEN[name] for name in names.split(", "))
    named = (f"{cls.__doc__.strip().splitlines()[0]}\n\n{table(cls)}" for cls in others)
    return "\n\n".join((table(first), *named))


def test_the_tables_are_the_codes_own():
    """Every field with what its docstring says."""
    made = re.sub(
        r"<!-- fields: (.*?) -->\n.*?<!-- end -->",
        lambda mark: f"<!-- fields: {mark[1]} -->\n\n{tables(mark[1])}\n\n<!-- end -->",
        TEXT,
        flags=re.DOTALL,
    )
    if UPDATE:
        GUIDE.write_text(made, encoding="utf-8")
    assert GUIDE.read_text(encoding="utf-8") == made


def test_every_class_has_a_table():
    """Whatever an author can write is listed."""
    listed = {name for names in re.findall(r"<!-- fields: (.*?) -->", TEXT) for name in names.split(", ")}
    assert set(WRITTEN) - listed == set()


def test_every_function_is_listed():
    """With as many arguments as it takes."""
    listed = dict(re.findall(r"^\| `(\w+)` \| (\d) \| ", TEXT, re.MULTILINE))
    assert listed == {name: str(count) for name, (count, _) in FUNCTIONS.items()}


def test_every_command_is_known():
    """What the guide tells to type can be typed, and it tells of every command."""
    told = set(re.findall(r"quizgen bank (\w+)", TEXT))
    assert told == set(command.commands)
    for name, words in re.findall(r"quizgen bank (\w+)([^`\n]*)", TEXT):
        known = {option for parameter in command.commands[name].params for option in parameter.opts}
        assert set(re.findall(r"--[a-z]+", words)) <= known
