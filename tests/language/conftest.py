"""Every kind of page in a language of no country, made from a bank in whose texts no Latin letters are."""

import contextlib
import importlib.util
import io
import json
import math
import re
import shutil
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from quizgen import words
from quizgen.bank.starter import starter_template
from quizgen.cli import main
from quizgen.items import ITEM_TYPES
from tests.language.letters import LANGUAGE, authored, fixed, of_an_author

CAN_READ_PDF = shutil.which("pdftotext") is not None and importlib.util.find_spec("typst") is not None
MISTAKES = ("a", "b", "c", "d", "e", "f")
_RENAMED = {
    **dict.fromkeys(("adds-instead-of-multiplies",), "a"),
    **dict.fromkeys(("linear-instead-of-exponential",), "b"),
    **dict.fromkeys(("one-factor-too-few",), "c"),
    **dict.fromkeys(("takes-the-root",), "d"),
    **dict.fromkeys(("counts-factors-twice",), "e"),
}
PICTURE = """
title: Falling
x: lag
y: norm
lines: {P: r.product}
alt: A line that falls.
"""


@contextlib.contextmanager
def _spoken(folder: Path) -> Iterator[None]:
    """The language is known, by its word file in ``folder`` beside the English one, and no other is."""
    english = (words._FOLDER / "en.toml").read_text(encoding="utf-8")
    (folder / "en.toml").write_text(english, encoding="utf-8")
    lines = []
    for section, named in tomllib.loads(english).items():
        lines += [f"[{section}]", *(f'"{key}" = {json.dumps(fixed(one))}' for key, one in named.items())]
    (folder / f"{LANGUAGE}.toml").write_text("\n".join(lines), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words, "_FOLDER", folder)
        _forget()
        yield
    _forget()


def _forget() -> None:
    """Word files are read once; from here on they are read again."""
    from quizgen.items.true_false import _judgements

    for remembered in (words.words_in, words._named, _judgements):
        remembered.cache_clear()


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """Where all pages were written, and the responses that were graded for them."""
    place = tmp_path_factory.mktemp("pages")
    _write_bank(place)
    with _spoken(tmp_path_factory.mktemp("words")):
        _write_pages(place)
    return place


def _write_pages(place: Path) -> None:
    look = ("--language", LANGUAGE, "--format", "md", "--format", "html")
    on_paper = (*look, *(("--format", "pdf") if CAN_READ_PDF else ()))
    bank = ("--bank", place / "bank", "--seed", "4")
    exam = ("exam", *bank, "--blueprint", "all")
    _run(*exam, *on_paper, "--self-check", "--answer-sheet", "--out", place / "exam")
    _run(*exam, *look, "--versions", "A,B", "--out", place / "versions")
    _run(*exam, *look, "--copies", "3", "--out", place / "copies")
    _run("sheet", "--bank", place / "bank", "--seed", "4", "--topic", "t", *on_paper, "--out", place / "sheet")
    for kind in ("cheat-sheet", "cards"):
        of_topic = ("sheet", "--bank", place / "bank", "--seed", "4", "--topic", "t", f"--{kind}")
        _run(*of_topic, *on_paper, "--out", place / kind)
    form, responses = place / "exam/instructor/form.json", place / "responses"
    _write_responses(form, responses)
    few = sorted(responses.iterdir())[-8:]
    graded = ("grade", form, responses, "--bank", place / "bank")
    (place / "policy.yaml").write_text(
        "wrong_costs: {numeric: 0.25}\nretry_costs: 0.1\npass_at: 0.5\ngrades: [{at_least: 0.5, grade: '1'}]\nround_total_to: 1\n"
    )
    _run(*graded, *look, "--out", place / "graded")
    one, two, three, four, *_ = [part["label"] for part in _parts(form) if part["type"] == "numeric"]
    corrected = ("--void", one, "--key", f"{two}=0.25", "--also-accept", f"{three}=0.5", "--also-accept", f"{four}=2")
    regraded = ("grade", form, *few, "--bank", place / "bank", *look)
    _run(*regraded, *corrected, "--also-accept", f"{four}=3", "--out", place / "graded")
    _run(*regraded, "--policy", place / "policy.yaml", "--out", place / "by-policy")
    (place / "graded.jsonl").write_text(_run(*graded, "--json"), encoding="utf-8")
    _run("stats", place / "graded.jsonl", "--form", form, "--bank", place / "bank", *on_paper, "--out", place / "stats")
    keys = [place / f"copies/instructor/{copy}/responses-key.yaml" for copy in (1, 2, 3)]
    _run("grade", place / "copies/instructor", *keys, "--bank", place / "bank", *look, "--out", place / "copies-graded")
    from_report = (
        "sheet",
        "--from",
        place / "graded.jsonl",
        "--student",
        few[0].stem.lstrip("0"),
        "--bank",
        place / "bank",
        "--seed",
        "4",
    )
    _run(*from_report, *look, "--out", place / "own")


def _run(*arguments) -> str:
    """What a command printed; it must go well."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        patch.setattr(sys, "argv", ["quizgen", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
    assert ended.value.code == 0, f"{arguments}: {err.getvalue()}"
    return out.getvalue()


# -- the bank ----------------------------------------------------------------------------------------------------------


def _write_bank(place: Path) -> None:
    """A topic with an item template of every type, as authors begin one, and some that ask for more."""
    (place / "bank/t").mkdir(parents=True)
    (place / "bank/blueprints").mkdir()
    templates = {chr(ord("a") + number): _template(name) for number, name in enumerate(ITEM_TYPES)}
    templates |= dict(zip("pqrstu", _further(), strict=True))
    for own_id, template in templates.items():
        _write(place / f"bank/t/{own_id}.yaml", {**template, "id": own_id, "claims": ["K1"]})
    topic = {"id": "t", "title": "Topic", "order": 1, **dict.fromkeys(_IDEAS, "It is so.")}
    formula = {"name": "Product", "formula": "w^T", "meaning": "One factor each.", "idea": "define"}
    demonstration = {key: templates["a"][key] for key in ("draw", "simulate", "compute")}
    demonstration |= {"text": "It fell to << gradient >>.", "figure": {"kind": "line", **yaml.safe_load(PICTURE)}}
    _write(
        place / "bank/t/topic.yaml",
        {**topic, "formulas": [formula], "example_template": "a", "demonstration": demonstration},
    )
    mistake = {"name": "slips", "why": "It slips.", "remedy": "Mind it."}
    _write(place / "bank/misconceptions.yaml", {"misconceptions": dict.fromkeys(MISTAKES, mistake)})
    _write(place / "bank/claims.yaml", {"claims": {"K1": {"title": "Falling", "claim": "It falls."}}})
    blueprint = {"id": "all", "title": "Exam", "questions": len(templates), "minutes": 90, "instructions": "Go on."}
    blueprint |= {
        "institution": "University",
        "course": "Course",
        "sections": [{"topics": ["t"], "questions": len(templates)}],
    }
    _write(place / "bank/blueprints/all.yaml", blueprint)


_IDEAS = ("summary", "define", "cause", "effect", "example", "solution", "why_recurrent", "conclusion")


def _template(item_type: str) -> dict:
    text = re.sub(r"\brun\b", "r", starter_template(item_type, "a", "t"))
    for name, short in _RENAMED.items():
        text = text.replace(name, short)
    return yaml.safe_load(text)


def _further() -> list[dict]:
    """Parts that ask for a unit, figures, several ticks, a matrix; figures in which not everything can be drawn."""
    shares = _template("numeric")
    shares["parts"][0]["numeric"] |= {"unit": "steps", "unit_share": 0.2, "written": 3, "written_share": 0.2}
    shares["parts"][0]["numeric"] |= {"fractions": True, "percent": True}
    several = _template("choice")
    several["parts"][0]["choice"]["several"] = True
    several["figure"] = {"kind": "semilog", **yaml.safe_load(PICTURE)}
    any_order = _template("vector")
    any_order["parts"][0]["vector"] |= {"any_order": True, "unit": "steps"}
    matrix = _template("vector")
    matrix["parts"][0]["vector"] |= {"entries": [["two", "three"], ["last", "two"]], "wrong": []}
    follows = _template("numeric")
    first, second = follows["parts"][0], {**follows["parts"][0], "id": "twice", "misconceptions": {}}
    first["misconceptions"]["d"] = dict(first["misconceptions"]["a"])
    follows["compute"]["twice"] = "2 * gradient to 3 figures"
    follows["parts"] = [
        first,
        {**second, "numeric": {"key": "twice", "rtol": 0.02}, "follows": {"gradient": [0.0001, 10]}},
    ]
    unit = _template("interval")
    unit["parts"][0]["interval"] |= {"unit": of_an_author("steps"), "high": None, "includes": "low"}
    return [shares, several, any_order, matrix, follows, unit]


def _write(path: Path, content: dict) -> None:
    path.write_text(yaml.dump(authored(content), allow_unicode=True, sort_keys=False), encoding="utf-8")


# -- the responses -----------------------------------------------------------------------------------------------------

RESPONSES = (
    *("", "A", "B", "C", "A B", "B A C", "C B A", "1A 2B 3C", "1B 2A 3C", "t A", "f B", "t", "f C", "0.5", "-0.5", "0"),
    *("1/2", "50%", "1,000", "1,5", "1'5", "1 0", "+-1", "1..2", "1_0", "0x1", "1e9999999", "5 kg", "v*2", "-v", "v^v"),
    *(
        "1/v",
        "v^",
        "2v v",
        "1/2v",
        "v 3",
        "log v",
        "sqrt v w",
        "sqrt",
        "q",
        "V",
        "v)",
        "(v",
        "v=1=2",
        "v,v",
        "2",
        "1, 2",
    ),
    *(
        "1, 2, 3",
        "[1, 2; 3, 4]",
        "(1, 2",
        "1) 2",
        "[1, 2; 3]",
        "1;2",
        "1; 2; 3",
        "(1) 0.1; (1) 2",
        "?",
        "∞; ψ",
        "A > B > C",
    ),
    *("A < B < C", "A > B < C", "A A B", "Z", "1A 1B", "1A 2A 3A", "ξξξ", "-2; ξξξ", "1; 1;", "9" * 1200, "v" * 400),
)


def _write_responses(form: Path, folder: Path) -> None:
    """A file for each response, given to every part; then what mistakes and slips lead to, part by part."""
    folder.mkdir()
    labels = {part["label"]: part for part in _parts(form)}
    given = [dict.fromkeys(labels, response) for response in RESPONSES]
    wrong = {label: list(_wrong(part["type"], part["key"], part)) for label, part in labels.items()}
    given += [
        {label: own[number % len(own)] for label, own in wrong.items() if own}
        for number in range(max(map(len, wrong.values())))
    ]
    form_id = json.loads(form.read_text(encoding="utf-8"))["id"]
    for number, responses in enumerate(given):
        content = {"form": form_id, "student": str(number), "responses": responses}
        attempts = {"attempts": dict.fromkeys(labels, 2)} if number % 5 == 0 else {}
        text = yaml.dump({**content, **attempts}, allow_unicode=True)
        (folder / f"{number:03}.yaml").write_text(text, encoding="utf-8")


def _wrong(item_type: str, key: dict, part: dict) -> Iterator[str]:
    """Answers that something is to be said of: right ones, what mistakes lead to, and slips of every kind."""
    value = key.get("value", key.get("example"))
    if isinstance(value, float) and value:
        slipped = (value, -value, 10 * value, 100 * value, value**2, 1 / value, value * math.log(10), abs(value) ** 0.5)
        mistakes = [one["value"] for one in part["misconceptions"]]
        yield from (f"{one:.9g}" for one in (*slipped, *mistakes, *(-one for one in mistakes)))
    match item_type:
        case "expression":
            yield from (
                key["formula"],
                *(form.format(key["formula"]) for form in ("-({})", "1/({})", "3*({})", "ln(v-9)*({})")),
            )
            yield from (wrong["formula"] for wrong in key["wrong"])
        case "vector":
            rows = [
                key["values"][start : start + key["columns"]] for start in range(0, len(key["values"]), key["columns"])
            ]
            transposed = [list(column) for column in zip(*rows, strict=True)] if len(rows) == key["columns"] else rows
            for one in (
                rows,
                transposed,
                [[*rows[0][1:], rows[0][0]], *rows[1:]],
                [[-entry for entry in row] for row in rows],
            ):
                yield "; ".join(", ".join(f"{entry:.9g}" for entry in row) for row in one)
            yield from (", ".join(f"{entry:.9g}" for entry in wrong["values"]) for wrong in key["wrong"])
        case "ordering":
            letters = [entry["letter"] for entry in key["entries"]]
            yield from (" ".join(letters), " ".join(letters[::-1]), " ".join([letters[0], *letters[:0:-1]]))
            yield from (" ".join(wrong["letters"]) for wrong in key["wrong"])
        case "short_text":
            yield from (key["accept"][0], f"{key['accept'][0]}ω", key["wrong"][0]["phrases"][0], key["reject"][0])
        case "cloze":
            number, phrase = (gap["key"] for gap in key["gaps"])
            accepted = phrase["accept"][0]
            yield from (
                f"{number['printed']}; {accepted}",
                f"{number['printed']}; {phrase['reject'][0]}",
                f"7; {accepted}",
            )
        case "open":
            criteria = key["criteria"]
            yield from (f"{line['evidence'][0][0].rstrip('*')}." for line in criteria)
            yield "".join(f"{contradiction.rstrip('*')}. " for contradiction in criteria[0]["contradicted_by"])


def _parts(form: Path) -> list[dict]:
    items = json.loads(form.read_text(encoding="utf-8"))["items"]
    return [part for item in items for part in item["parts"]]
