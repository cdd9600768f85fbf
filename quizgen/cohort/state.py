"""Where a cohort stands that is being made: what it was asked to be, and which runs of seats are done."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from quizgen.cohort.order import Order, Run
from quizgen.cohort.plan import Seat
from quizgen.errors import QuizgenError, UsageError
from quizgen.files import write_whole
from quizgen.values import immutable

UNFINISHED: Final = ".quizgen-unfinished"
FINISHED: Final = "instructor/cohort.json"
_BEGUN: Final = f"{UNFINISHED}/cohort.json"


@immutable
class Begun:
    """A cohort that was begun: its seed, and the digest of all that it was asked to be."""

    seed: int
    digest: str


def begun(out: Path) -> Begun | None:
    """The cohort whose unfinished work lies in ``out``, or that is finished there; None if there is none."""
    for path in (out / FINISHED, out / _BEGUN):
        try:
            plain = json.loads(path.read_text(encoding="utf-8"))
            return Begun(seed=plain["seed"], digest=plain["digest"])
        except FileNotFoundError:
            continue
        except (OSError, ValueError, KeyError, TypeError):
            raise QuizgenError(f"{path}: cannot be read", hint="name another folder with --out") from None
    return None


def is_finished(out: Path) -> bool:
    """Whether all is in place in ``out``, but perhaps for tidying up."""
    return (out / FINISHED).exists()


def begin(order: Order, seats: Sequence[Seat], *, resume: bool) -> None:
    """Note down what is asked for; if ``resume``, it must be what was begun.

    Raises: UsageError if something else lies in the folder; QuizgenError if it cannot be written.
    """
    asked = Begun(seed=order.questions.seed, digest=order.digest(seats))
    there = begun(order.out)
    if there is None:
        _refuse_others(order.out)
        write_whole(order.out / _BEGUN, record(order, seats))
    elif not resume:
        raise UsageError(f"{order.out} holds a cohort already", hint="go on with --resume, or name another folder")
    elif there != asked:
        hint = "resume with the same roster, bank, options and versions; or name another folder with --out"
        raise UsageError(f"{order.out} holds another cohort than this one", hint=hint)


def rows_file(out: Path, run: Run) -> Path:
    """Where the rows of a run lie once all its folders are in place."""
    return out / UNFINISHED / run.name


def record(order: Order, seats: Sequence[Seat]) -> bytes:
    """What is noted of a cohort, when it is begun and when it is finished."""
    begun = Begun(seed=order.questions.seed, digest=order.digest(seats))
    return (json.dumps(asdict(begun)) + "\n").encode()


def tidy(out: Path) -> None:
    """Take away what only unfinished work needs.  Raises: OSError."""
    if (out / UNFINISHED).exists():
        shutil.rmtree(out / UNFINISHED)


def _refuse_others(out: Path) -> None:
    for name in ("student", "instructor"):
        if (out / name).is_dir() and any((out / name).iterdir()):
            raise UsageError(f"{out / name} is not empty", hint="name another folder with --out")
