"""What damage is thrown at, and what must hold of it then."""

import contextlib
import io
import json
import random
import re
import sys
import tempfile
import unicodedata
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final, get_args

from quizgen import api
from quizgen.cli import main as quizgen
from quizgen.errors import Place, QuizgenError
from quizgen.forms import record
from quizgen.grading.intake.responses import Response
from quizgen.items import ITEM_TYPES
from quizgen.items.contract import Settings, Status
from tests.fuzz.damage import as_text, damaged, noise
from tests.fuzz.world import World

ALL_SETTINGS: Final = (
    Settings(),
    Settings(decimal_comma=True),
    Settings(thousands=","),
    Settings(decimal_comma=True, thousands="."),
)


class Find(Exception):
    """Something that must not be."""


def expect(claim: bool, otherwise: str) -> None:
    """A find unless the claim holds."""
    if not claim:
        raise Find(otherwise)


def run(*arguments: object, stdin: bytes = b"", allowed: tuple[int, ...] = (0, 1, 2)) -> tuple[int, str]:
    """The exit code and output of the command line; other codes than those allowed are a find."""
    out, err, before = io.StringIO(), io.StringIO(), (sys.argv, sys.stdin)
    sys.argv, sys.stdin = ["quizgen", *map(str, arguments)], io.TextIOWrapper(io.BytesIO(stdin), errors="replace")
    code: object = None
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            quizgen()
    except SystemExit as end:
        code = end.code
    finally:
        sys.argv, sys.stdin = before
    expect(
        code in allowed, f"quizgen {' '.join(map(str, arguments))[:300]!r} ended with {code}: {err.getvalue()[:600]}"
    )
    return int(str(code)), out.getvalue()


def check_scores(lines: str, world: World) -> None:
    """No score beyond the points, and none for what was not read."""
    for line in lines.splitlines():
        report = json.loads(line)
        for part in report["parts"]:
            earned = part["score"] if part["status"] not in ("unreadable", "not-answered") else 0.0
            expect(earned <= part["points"], line)
            expect(part["score"] == earned, line)


def put(world: World, name: str, content: bytes) -> Path:
    """A file with this content."""
    path = world.folder / name
    path.write_bytes(content)
    return path


def answers(world: World, rng: random.Random) -> None:
    """An answer to any part of the bank."""
    part, settings = rng.choice(world.parts), rng.choice(ALL_SETTINGS)
    key = ITEM_TYPES[part.type].key_response(part).encode()
    text = as_text(damaged(key, rng) if key and rng.random() < 0.7 else noise(rng), rng)
    if not text.strip():
        return
    found = ITEM_TYPES[part.type].grade(part, text, settings)
    expect(found.status in get_args(Status) and 0 <= found.fraction <= 1, f"{part.type}: {text!r}: {found}")
    expect(found.fraction == 0 or found.status in ("right", "partial"), f"{part.type}: {text!r}: {found}")
    expect(found.status != "right" or bool(found.read_as), f"{part.type}: {text!r}: {found}")
    if part.type == "numeric" and found.fraction and not settings.thousands:
        own = plain_number(text.replace(",", ".") if settings.decimal_comma else text, part.key.unit)
        low, high = sorted(part.key.value * (1 + sign * max(part.key.rtol, 0.05)) for sign in (-1, 1))
        near = own is not None and low - part.key.atol <= own <= high + part.key.atol
        expect(near, f"{text!r} is right for {part.key.printed}, but is {own} by another reader")


def plain_number(text: str, unit: str) -> Decimal | None:
    """A number read by other means than those that are tested: one regular expression after the other."""
    text = re.sub("(?<=10)[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda raised: "^" + raised[0], text)
    text = re.sub(r"[\s\u200b-\u200f\u2060\ufeff]", "", unicodedata.normalize("NFKC", text))
    text = re.sub("[−–‐‑—]", "-", text).removesuffix(re.sub(r"\s", "", unicodedata.normalize("NFKC", unit)))
    text = re.sub(r"[×x*·⋅∙•✕✖⨯X]*\b10(?:\^|\*\*)[({]?([+-]?\d+)[)}]?", r"e\1", text)
    text = re.sub(r"^([+-]?)e", r"\g<1>1e", text)
    with contextlib.suppress(InvalidOperation, ZeroDivisionError):
        if text.endswith("%"):
            return Decimal(text[:-1]) / 100
        top, _, bottom = text.replace("⁄", "/").partition("/")
        if bottom:  # 3 1/2 has lost its space: both readings of it are tried by whoever calls
            return Decimal(top) / Decimal(bottom)
        return Decimal(top)
    return None


def responses(world: World, rng: random.Random) -> None:
    """A file of responses of any kind."""
    name = rng.choice(("ada.yaml", "ada.json", "class.csv", "utf16.csv", "moodle.csv"))
    whole = rng.random() < 0.8
    path = put(world, "r" + Path(name).suffix, damaged(world.files[name], rng) if whole else noise(rng))
    more = ["--out", world.folder / "out", "--force"] if rng.random() < 0.03 else ["--json"]
    code, out = run("grade", world.folder / "form.json", path, *more)
    expect(whole or code != 0, f"noise was graded: {path.read_bytes()!r}")
    check_scores(out if "--json" in more else "", world)


def marks(world: World, rng: random.Random) -> None:
    """A marking sheet."""
    path = put(world, "m.yaml", damaged(world.files["marks.yaml"], rng) if rng.random() < 0.9 else noise(rng))
    _, out = run("grade", world.folder / "form.json", world.folder / "ada.json", "--marks", path, "--json")
    check_scores(out, world)


def policies(world: World, rng: random.Random) -> None:
    """A policy."""
    path = put(world, "p.yaml", damaged(world.files["policy.yaml"], rng) if rng.random() < 0.9 else noise(rng))
    _, out = run("grade", world.folder / "form.json", world.folder / "ada.yaml", "--policy", path, "--json")
    check_scores(out, world)


def corrections(world: World, rng: random.Random) -> None:
    """Corrections on the command line."""
    part = rng.choice([part for item in world.form.items for part in item.parts])
    text = as_text(damaged(f"{part.label}={ITEM_TYPES[part.type].key_response(part)}".encode(), rng), rng)
    option = rng.choice(("--void", "--also-accept", "--key"))
    run("grade", world.folder / "form.json", world.folder / "ada.yaml", f"{option}={text}")


def forms(world: World, rng: random.Random) -> None:
    """A form.json: refused unless it says the same; where editing is allowed, graded without a traceback."""
    content = damaged(world.files["form.json"], rng)
    text = as_text(content, rng)
    with contextlib.suppress(QuizgenError):
        expect(record.from_json(text) == world.form, "a damaged form was taken")
    path = put(world, "f.json", content)
    with contextlib.suppress(QuizgenError):
        expect(record.read(path) == world.form, "a damaged form was taken")
    with contextlib.suppress(QuizgenError):
        edited = record.from_json(text, edited=True)
        keys = {part.label: "0.5" for item in edited.items for part in item.parts}
        student = Response(form=edited.id, student="Ada", responses=keys, place=Place(path=path))
        for report in api.grade_responses(edited, [student]):
            expect(all(part.score == 0 for part in report.parts if part.fault), "a fault earned points")


def reads(world: World, rng: random.Random) -> None:
    """Lines for `quizgen read -`."""
    _, out = run("read", "-", stdin=damaged(world.files["lines.json"], rng) if rng.random() < 0.9 else noise(rng))
    for line in out.splitlines():
        expect(isinstance(json.loads(line), dict), line)


def graded(world: World, rng: random.Random) -> None:
    """Graded classes for `quizgen stats`."""
    path = put(world, "g.json", damaged(world.files["graded.json"], rng) if rng.random() < 0.9 else noise(rng))
    run("stats", path)


def practising(world: World, rng: random.Random) -> None:
    """What is typed in a practice, and what lies in its folder."""
    keys = [ITEM_TYPES[part.type].key_response(part) for item in world.form.items for part in item.parts]
    typed = damaged("\n".join(keys).encode(), rng) if rng.random() < 0.8 else noise(rng)
    with tempfile.TemporaryDirectory(dir=world.folder) as folder:
        if rng.random() < 0.5:
            put(world, f"{Path(folder).name}/responses.yaml", damaged(world.files["ada.yaml"], rng))
        run("practice", world.folder / "form.json", "--out", folder, stdin=typed, allowed=(0, 1, 2, 130))


TARGETS: Final[dict[str, tuple[Callable[[World, random.Random], None], int]]] = {
    "answers": (answers, 400),
    "responses": (responses, 12),
    "forms": (forms, 4),
    "marks": (marks, 4),
    "policies": (policies, 4),
    "corrections": (corrections, 3),
    "reads": (reads, 12),
    "graded": (graded, 2),
    "practising": (practising, 2),
}  # each with how often it comes in one round of all
