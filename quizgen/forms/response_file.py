"""The file a student fills in, one line a part, and the same file filled in with the key."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from json.encoder import encode_basestring_ascii as quoted

from quizgen.forms.form import Form
from quizgen.items import ITEM_TYPES
from quizgen.items.contract import Settings
from quizgen.items.item import Item, Part


def empty(form: Form, *, student: str = "", hints: Sequence[str] | None = None) -> str:
    """For the student, by name if it is known: every line with a comment that says what to write.

    ``hints`` are those comments, where they are known already.
    """
    head = [
        f"# Your responses to form {form.id}: {_one_line(form.title)}.",
        '# Write between the quotes, save the file, and hand it in. Leave "" where you do not answer.',
        "# A longer answer may take several lines: write | in place of the quotes and indent the lines below it.",
    ]
    return _file(form, head, hints, student=student, response=lambda part: "")


def key(form: Form, *, hints: Sequence[str] | None = None) -> str:
    """For the instructor: graded with this file, every part that is not open earns full points."""
    head = [f"# The key to form {form.id} as a filled-in response file. Open parts are left to a person."]
    settings = Settings(decimal_comma=form.decimal_comma, thousands=form.thousands)
    return _file(form, head, hints, student="key", response=lambda part: _key_response(part, settings))


def hints_for(item: Item) -> list[str]:
    """For each part of an item, what to write."""
    return [_one_line(ITEM_TYPES[part.type].how_to_answer(part)) for part in item.parts]


def _key_response(part: Part, settings: Settings) -> str:
    """The key as a student of this form writes it: with a comma where its decimal point would be read otherwise."""
    item_type = ITEM_TYPES[part.type]
    response = item_type.key_response(part)
    if not settings.decimal_comma or not response or item_type.grade(part, response, settings).status == "right":
        return response
    return response.replace(".", ",")


def _file(
    form: Form, head: list[str], hints: Sequence[str] | None, *, student: str, response: Callable[[Part], str]
) -> str:
    entries = [f"  {part.label}: {quoted(response(part))}" for item in form.items for part in item.parts]
    width = max(map(len, entries))
    hints = hints or [hint for item in form.items for hint in hints_for(item)]
    lines = [f"{entry:<{width}}  # {hint}" for entry, hint in zip(entries, hints, strict=True)]
    about = [f"form: {quoted(form.id)}", f"student: {quoted(student)}", "responses:"]
    return "\n".join([*head, *about, *lines]) + "\n"


@lru_cache(maxsize=1024)
def _one_line(text: str) -> str:
    """``text`` as it may stand in a comment: whatever does not print, line breaks among it, is a space."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
