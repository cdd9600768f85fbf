"""The file a student fills in, one line a part, and the same file filled in with the key."""

import json
from collections.abc import Callable
from functools import lru_cache

from quizgen.forms.form import Form
from quizgen.items import ITEM_TYPES
from quizgen.items.contract import Settings
from quizgen.items.item import Part


def empty(form: Form, *, student: str = "") -> str:
    """For the student, by name if it is known: every line with a comment that says what to write."""
    head = [
        f"# Your responses to form {form.id}: {_one_line(form.title)}.",
        '# Write between the quotes, save the file, and hand it in. Leave "" where you do not answer.',
        "# A longer answer may take several lines: write | in place of the quotes and indent the lines below it.",
    ]
    return _file(form, head, student=student, response=lambda part: "")


def key(form: Form) -> str:
    """For the instructor: graded with this file, every part that is not open earns full points."""
    head = [f"# The key to form {form.id} as a filled-in response file. Open parts are left to a person."]
    settings = Settings(decimal_comma=form.decimal_comma, thousands=form.thousands)
    return _file(form, head, student="key", response=lambda part: _key_response(part, settings))


def _key_response(part: Part, settings: Settings) -> str:
    """The key as a student of this form writes it: with a comma where its decimal point would be read otherwise."""
    item_type = ITEM_TYPES[part.type]
    response = item_type.key_response(part)
    if not settings.decimal_comma or not response or item_type.grade(part, response, settings).status == "right":
        return response
    return response.replace(".", ",")


def _file(form: Form, head: list[str], *, student: str, response: Callable[[Part], str]) -> str:
    parts = [part for item in form.items for part in item.parts]
    entries = [f"  {part.label}: {json.dumps(response(part))}" for part in parts]
    width = max(len(entry) for entry in entries)
    lines = [
        f"{entry:<{width}}  # {_one_line(ITEM_TYPES[part.type].how_to_answer(part))}"
        for entry, part in zip(entries, parts, strict=True)
    ]
    about = [f"form: {json.dumps(form.id)}", f"student: {json.dumps(student)}", "responses:"]
    return "\n".join([*head, *about, *lines]) + "\n"


@lru_cache(maxsize=1024)
def _one_line(text: str) -> str:
    """``text`` as it may stand in a comment: whatever does not print, line breaks among it, is a space."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
