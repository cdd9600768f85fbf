"""Score reports as JSON, one object a student, each on a line of its own; and read back again."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, get_args

from quizgen.errors import Fault, FileFaults, Place, did_you_mean
from quizgen.grading.reports.wording import label_read, plain
from quizgen.grading.scores import Asked, PartScore, ScoreReport
from quizgen.items.contract import Status
from quizgen.words import capitalised

LARGEST: Final = 1e9  # points: more than any exam has, and no more than the sums of a class can hold
_HINT: Final = "one object a line, as `quizgen grade --json` prints them"
_REPORT: Final[Mapping[str, type]] = {
    "form": str,
    "title": str,
    "student": str,
    "score": float,
    "points": float,
    "grade": str,
    "passed": bool,
    "parts": list,
}
_PART: Final[Mapping[str, type]] = {
    "label": str,
    "template": str,
    "variant": int,
    "part": str,
    "type": str,
    "question": str,
    "topic": str,
    "level": str,
    "claims": list,
    "status": str,
    "score": float,
    "points": float,
    "response": str,
    "read_as": str,
    "key": str,
    "diagnosis": str,
    "feedback": str,
}
_OPEN: Final = ("diagnosis", "passed")  # may be null
_KINDS: Final[Mapping[type, str]] = {
    str: "a text",
    float: "a number",
    int: "a whole number",
    bool: "true or false",
    list: "a list",
}


# -- writing -----------------------------------------------------------------------------------------------------------


def to_plain(report: ScoreReport) -> dict[str, Any]:
    """The object for one student; feedback is plain text, with what is said about the label and earlier answers."""
    return {
        "form": report.form,
        "title": report.title,
        "student": report.student,
        "score": _tidy(report.score),
        "points": _tidy(report.points),
        "grade": report.grade,
        "passed": report.is_passed,
        "parts": [_plain_part(part) for part in report.parts],
    }


def _plain_part(part: PartScore) -> dict[str, Any]:
    read = capitalised(label_read(part))
    label_note = f"{read}." if read else ""
    return {
        "label": part.label,
        "template": part.asked.template,
        "variant": part.asked.variant,
        "part": part.asked.part,
        "type": part.asked.type,
        "question": part.asked.title,
        "topic": part.asked.topic,
        "level": part.asked.level,
        "claims": list(part.asked.claims),
        "status": part.status,
        "score": _tidy(part.score),
        "points": _tidy(part.points),
        "response": part.response,
        "read_as": part.read_as,
        "key": part.key,
        "diagnosis": part.diagnosis,
        "feedback": " ".join(filter(None, (label_note, part.note, plain(part.feedback)))),
    }


def _tidy(score: float) -> float:
    """A score without binary dust."""
    return round(score, 6)


# -- reading -----------------------------------------------------------------------------------------------------------


def read_graded(paths: Sequence[Path]) -> tuple[ScoreReport, ...]:
    """The reports in all files, in their order, with the scores of their parts; blank lines are passed over.

    What a policy made of the total is not read back: statistics are of parts.

    Raises: FileFaults with every line that is no report, and every student whose report on a form stands there twice.
    """
    faults: list[Fault] = []
    reports: list[ScoreReport] = []
    first: dict[tuple[str, str], Place] = {}
    for path in dict.fromkeys(paths):
        try:
            for place, line in _lines(path):
                report = _report(line, place)
                if (stands := first.setdefault((report.form, report.student), place)) is not place:
                    message = f"student {report.student!r} has a second report on form {report.form}"
                    faults.append(Fault(message=message, place=place, hint=f"the first one stands at {stands}"))
                reports.append(report)
        except FileFaults as error:
            faults += error.faults
    if faults:
        raise FileFaults(faults)
    return tuple(reports)


def _lines(path: Path) -> Iterator[tuple[Place, str]]:
    """The lines of a file that are not blank.  Raises: FileFaults if it cannot be read, or has none."""
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise FileFaults([Fault(message=f"cannot be read: {error.strerror}", place=Place(path=path))]) from None
    found = False
    for number, line in enumerate(lines, start=1):
        if line.strip():
            found = True
            place = Place(path=path, line=number)
            try:
                yield place, line.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError:
                raise _fault(place, "not text in UTF-8") from None
    if not found:
        raise _fault(Place(path=path), "the file is empty")


def _report(line: str, place: Place) -> ScoreReport:
    """The report on a line.  Raises: FileFaults."""
    try:
        plain_report = json.loads(line)
        line.encode()
        json.dumps(plain_report, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise _fault(place, f"not JSON: {error.msg}", column=error.colno) from None
    except (ValueError, RecursionError):  # half a character, a number of thousands of digits, nested without end
        raise _fault(place, "not JSON that can be read") from None
    _check(plain_report, _REPORT, place, "a report")
    for plain_part in plain_report["parts"]:
        _check(plain_part, _PART, place, "a part")
        if plain_part["status"] not in get_args(Status):
            raise _fault(
                place, f"no status {plain_part['status']!r}", hint=did_you_mean(plain_part["status"], get_args(Status))
            )
    labels = [plain_part["label"] for plain_part in plain_report["parts"]]
    if len(set(labels)) < len(labels):
        raise _fault(place, f"part {next(one for one in labels if labels.count(one) > 1)!r} stands there twice")
    return ScoreReport(
        form=plain_report["form"],
        title=plain_report["title"],
        student=plain_report["student"],
        parts=tuple(_part(plain_part) for plain_part in plain_report["parts"]),
    )


def _part(plain_part: Mapping[str, Any]) -> PartScore:
    return PartScore(
        label=plain_part["label"],
        asked=Asked(
            template=plain_part["template"],
            variant=plain_part["variant"],
            part=plain_part["part"],
            type=plain_part["type"],
            title=plain_part["question"],
            topic=plain_part["topic"],
            level=plain_part["level"],
            claims=tuple(plain_part["claims"]),
        ),
        status=plain_part["status"],
        score=float(plain_part["score"]),
        points=float(plain_part["points"]),
        response=plain_part["response"],
        read_as=plain_part["read_as"],
        key=plain_part["key"],
        diagnosis=plain_part["diagnosis"],
        feedback=plain_part["feedback"],
    )


def _check(found: Any, keys: Mapping[str, type], place: Place, what: str) -> None:
    """Raise FileFaults unless ``found`` has just these keys, with values of these kinds."""
    if not isinstance(found, dict):
        raise _fault(place, f"{what} is not an object")
    for name in found:
        if name not in keys:
            raise _fault(place, f"{what} has a key {name!r}", hint=did_you_mean(name, keys))
    for name, kind in keys.items():
        if name not in found:
            raise _fault(place, f"{what} has no {name!r}")
        if not _is(found[name], kind) and not (name in _OPEN and found[name] is None):
            raise _fault(place, f"{name!r} is not {_KINDS[kind]}")
    if what == "a part" and not all(isinstance(claim, str) for claim in found["claims"]):
        raise _fault(place, "'claims' is not a list of texts")


def _is(value: Any, kind: type) -> bool:
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST
    return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))


def _fault(place: Place, message: str, *, column: int = 1, hint: str = _HINT) -> FileFaults:
    return FileFaults([Fault(message=message, place=Place(path=place.path, line=place.line, column=column), hint=hint)])
