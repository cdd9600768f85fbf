"""``quizgen stats``: what graded classes say about the questions."""

import csv
import json

import pytest

from quizgen.forms import record
from quizgen.forms.form import SCHEMA_VERSION, Form
from quizgen.items.item import Item, Part, Provenance
from quizgen.items.number_key import NumericKey


def made_item(number):
    key = NumericKey(value=3e-12, printed="3.00e-12", rtol=0.01, atol=0, unit="", fractions=False, percent=False)
    return Item(
        template=f"decay-{number}",
        digest="0" * 64,
        title=f"Decay {number}",
        topic="vanishing",
        level="apply",
        minutes=5,
        objective="Find it.",
        stem="A network.",
        parts=(Part(label=str(number), id="rate", type="numeric", points=2, ask="What is $r$?", key=key),),
        numbers={},
        truths={},
        figure=None,
        model_answer={},
        provenance=Provenance(seed=1, variant=0, attempt=0, source="", simulations={}),
    )


@pytest.fixture
def graded(quizgen, tmp_path):
    """Twelve students of one form with two questions, graded; every second is right in the first, the others not."""
    form = Form(
        schema=SCHEMA_VERSION,
        id="f-1",
        title="Practice",
        blueprint="practice",
        seed=1,
        minutes=10,
        instructions="",
        quizgen_version="0",
        numpy_version="0",
        items=(made_item(1), made_item(2)),
    )
    (tmp_path / "form.json").write_text(record.to_json(form))
    rows = "".join(f"student {n},{'3e-12' if n % 2 else '0'},{'3e-12' if n < 4 else ''}\n" for n in range(12))
    (tmp_path / "class.csv").write_text(f"student,1,2\n{rows}")
    (tmp_path / "graded.json").write_text(
        quizgen("grade", tmp_path / "form.json", tmp_path / "class.csv", "--json").out
    )
    return tmp_path


def test_a_class_is_summed_up_in_the_terminal(quizgen, graded):
    """Difficulty, and what is undefined as a dash."""
    ended = quizgen("stats", graded / "graded.json")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("Statistics: 12 students, 1 form\n")
    assert "12 students are a small class." in ended.out
    line = next(line for line in ended.out.splitlines() if line.startswith("1     Decay"))
    assert line.split()[:7] == ["1", "Decay", "1", "50", "%", "0.00", "0.89"]  # 2⅔ of the best 3, 0 of the weakest


def test_pages_and_tables_are_written(quizgen, graded):
    """Four files; nothing is overwritten without --force; the byte order mark on demand."""
    out = graded / "stats"
    arguments = ("stats", graded / "graded.json", "--form", graded / "form.json", "--out", out)
    ended = quizgen(*arguments)
    assert ended.out.endswith(f"Statistics: {out / 'statistics.html'}\n")
    assert sorted(path.name for path in out.iterdir()) == [
        "items.csv",
        "scores.csv",
        "statistics.html",
        "statistics.md",
    ]
    assert len(list(csv.DictReader((out / "scores.csv").read_text().splitlines()))) == 24
    assert quizgen(*arguments).code == 2
    assert quizgen(*arguments, "--force", "--csv-bom").code == 0
    assert (out / "items.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_classes_are_pooled(quizgen, graded):
    """Another class's file beside the first; the same one twice is a fault, told by line."""
    lines = [json.loads(line) for line in (graded / "graded.json").read_text().splitlines()]
    other = [json.dumps({**line, "form": "f-2"}) for line in lines]
    (graded / "other.json").write_text("\n".join(other))
    assert quizgen("stats", graded / "graded.json", graded / "other.json").out.startswith(
        "Statistics: 24 students, 2 forms\n"
    )
    (graded / "again.json").write_text((graded / "graded.json").read_text())
    ended = quizgen("stats", graded / "graded.json", graded / "again.json")
    assert (ended.code, ended.out) == (1, "")
    assert f"{graded / 'graded.json'}:1:1" in ended.err


def test_bad_input_ends_with_1_and_none_with_2(quizgen, graded):
    """Nothing is a traceback."""
    ended = quizgen("stats", graded / "form.json")
    assert ended.code == 1
    assert "not JSON" in ended.err
    assert quizgen("stats").code == 2
    assert quizgen("stats", graded / "none.json").code == 1
