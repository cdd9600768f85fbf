"""What is damaged: an exam with every kind of file that goes with it, and every part of the bank."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from quizgen import api
from quizgen.errors import Place
from quizgen.forms import record, response_file
from quizgen.forms.form import Form
from quizgen.grading.intake.responses import Response
from quizgen.grading.reports.report_json import to_plain
from quizgen.items import ITEM_TYPES
from quizgen.items.item import Part
from quizgen.items.realise import realise


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What the rounds are about: an exam with its files, and every part of the bank."""

    form: Form
    parts: tuple[Part, ...]
    files: dict[str, bytes]
    folder: Path


def make_world(folder: Path) -> World:
    """A practice exam with responses, their grading and what goes with it, written into ``folder``."""
    bank = api.load_bank()
    form = api.make_form(bank, bank.blueprints["practice"], seed=7)
    items = [item for template in bank.templates.values() for item in realise(template, seed=7, variants=[0]).items]
    labels = [part.label for item in form.items for part in item.parts]
    keys = {
        part.label: ITEM_TYPES[part.type].key_response(part) or "It shrinks." for i in form.items for part in i.parts
    }
    student = Response(form=form.id, student="Ada", responses=keys, place=Place(path=Path("ada.yaml")))
    reports = api.grade_responses(form, [student])
    line = json.dumps(to_plain(reports[0])).encode() + b"\n"
    sheet = api.report_files(form, reports, [], called=api.names())["marking-sheet.yaml"]
    rows = [["student", "form", *labels], ["Ada", form.id, *keys.values()]]
    moodle = [["Last name", "First name", "Email address", "State", *(f"Response {n + 1}" for n in range(len(labels)))]]
    moodle.append(["Byron", "Ada", "ada@example.org", "Finished", *keys.values()])
    class_file, moodle_file = ("\r\n".join(",".join(map(quoted, row)) for row in table) for table in (rows, moodle))
    files = {
        "form.json": record.to_json(form).encode(),
        "ada.yaml": response_file.key(form).encode(),
        "ada.json": json.dumps({"form": form.id, "student": "Ada", "responses": keys}).encode(),
        "class.csv": class_file.encode(),
        "utf16.csv": class_file.replace(",", "\t").encode("utf-16"),
        "moodle.csv": moodle_file.encode(),
        "marks.yaml": re.sub(r"score: *$", "score: 1", sheet.decode(), flags=re.MULTILINE).encode(),
        "policy.yaml": b"wrong_costs: {choice: 0.25}\nretry_costs: 0.1\npass_at: 0.5\ngrades:\n  - {grade: A, at_least: 0.9}\n",
        "graded.json": line + line.replace(b'"Ada"', b'"Bob"'),
        "lines.json": b'{"text": "3.05e-12", "key": 3e-12, "rtol": 0.02}\n{"text": "[1, 2; 3, 4]", "key": "[1, 2; 3, 4]"}\n'
        b'{"text": "w^T", "key": "w^T", "symbols": "w=0.1:2,T=1:20"}\n{"text": "50%", "percent": true, "unit": "s"}\n',
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    parts = tuple(part for item in items for whole in item.parts for part in (whole, *getattr(whole.key, "gaps", ())))
    return World(form=form, parts=parts, files=files, folder=folder)


def quoted(cell: str) -> str:
    """A cell of a CSV file."""
    return '"' + cell.replace('"', '""') + '"'
