"""What the script of an HTML page needs to know to take answers, and to check them in a page for practice."""

import base64
import hashlib
import json
from dataclasses import fields, is_dataclass

from markupsafe import Markup

from quizgen.blocks import Practice, Question


def inputs_json(question: Question) -> str:
    """What the script needs to know of a part: its label, and how a response is put together from its inputs."""
    inputs = question.inputs
    assert inputs is not None  # noqa: S101 - the page template asks of such questions only
    told = [{"id": one.id, "kind": one.kind, "before": one.before} for one in inputs.inputs]
    return json.dumps({"label": question.label, "between": inputs.between, "inputs": told})


def practice_json(practice: Practice) -> str:
    """The checks of a part for the script: of its answer, and of the mistakes that there is a hint for."""
    return json.dumps({"check": _plain(practice.check), "hints": [_plain(check) for check, _ in practice.hints]})


def _plain(value: object) -> object:
    """A check as plain values, each with its kind."""
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    if not is_dataclass(value) or isinstance(value, type):
        return value
    named = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return {"kind": type(value).__name__, **named}


def to_json(value: object) -> Markup:
    """A value for a script to read; it can end neither the element that it stands in, nor begin another."""
    written = json.dumps(_plain(value), ensure_ascii=False).replace("<", "\\u003c")
    return Markup(written)  # noqa: S704 - nothing in it is markup


def sha256(script: str) -> str:
    """By what the page's own policy knows its one script."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
