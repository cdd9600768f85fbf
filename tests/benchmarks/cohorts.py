"""Print how fast cohorts are made: next to the bare work, as they grow, and how long the command takes to start.

`python -m tests.benchmarks.cohorts`, with --json for other programs and --students to make another number of exams.
"""

import argparse
import gc
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from quizgen.api.banks import load_bank
from quizgen.bank.bank import Bank
from quizgen.bank.shipped import load_with_shipped
from quizgen.cohort.files import FileMaker
from quizgen.cohort.looks import html_of
from quizgen.cohort.make import make_forms
from quizgen.cohort.order import Order, runs_of
from quizgen.cohort.plan import Questions, plan_seats
from quizgen.cohort.roster import numbered
from quizgen.cohort.run import make_cohort
from quizgen.cohort.state import UNFINISHED, begin
from quizgen.cohort.workers import workers_of
from quizgen.cohort.write import write_folder
from quizgen.documents.questions import drawing
from quizgen.documents.quiz import quiz
from quizgen.items.draws import Variant
from quizgen.items.evaluation import Evaluation, _simulate, evaluate
from quizgen.items.item import Item
from quizgen.items.planner import plan
from quizgen.items.realise import realise
from quizgen.renderers import pdf
from quizgen.renderers.contract import USUAL, Look

# Ten questions without figures from nine topics, each with one simulation.
TEMPLATES = (
    *("mean-of-the-factors", "one-update-too-far", "weight-above-one", "late-terms-survive", "clipped-step-length"),
    *("forget-gate-memory", "gru-update-gate", "tanh-product-from-states", "norm-of-a-rotation", "twice-the-length"),
)
GROWTH = (100, 1_000, 10_000)
ROUNDS = 3
STARTS = 9
CACHE = str(
    Path(tempfile.gettempdir(), "quizgen-bench-cache")
)  # the bank is kept there, as an earlier command leaves it
PEER_SECONDS = 0.25  # R/exams, for one such exam on one core
# As users have it: Python keeps the modules that it compiled.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
IN_PDF = 8  # exams
FIGURES = 20  # variants of each figure


def order_in(bank: Bank, out: Path) -> Order:
    """The order of the benchmark: HTML with solutions, and form.json."""
    templates = tuple(bank.templates[name] for name in TEMPLATES)
    questions = Questions(blueprint=bank.blueprints["practice"], templates=templates, seed=7)
    return Order(questions=questions, out=out, formats=("html",), look=Look(fonts="../assets"))


def make(students: int, out: Path, jobs: int, cache: Path) -> None:
    """Make a cohort, from the start of the process on; print its processor time in seconds and its memory in MB (Linux)."""
    gc.set_threshold(500_000)  # as the command does
    order = order_in(load_bank(cache=cache), out)
    seats = plan_seats(order.questions, numbered(students).students)
    begin(order, seats, resume=False)
    make_cohort(order, seats, workers_of(jobs=jobs, cluster=None), progress=lambda done: None)
    spent = os.times()
    memory = int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))[1]) / 1024
    total = spent.user + spent.system + spent.children_user + spent.children_system
    print(json.dumps({"seconds": total, "megabytes": memory}))  # noqa: T201


def made_apart(students: int, jobs: int = 1) -> dict[str, float]:
    """What `make` measures in a process of its own, with the seconds that went by."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", __spec__.name if __spec__ else __name__]
        begun = time.perf_counter()
        arguments = ["--make", str(students), "--out", folder, "--jobs", str(jobs), "--cache", CACHE]
        done = subprocess.run([*command, *arguments], capture_output=True, text=True, check=True, env=ENVIRONMENT)
        passed = time.perf_counter() - begun
    return {**json.loads(done.stdout), "passed": passed}


# -- the floor ---------------------------------------------------------------------------------------------------------

PIECE = 300  # bytes between two holes of a page, about


@dataclass(frozen=True)
class Floor:
    """The bare work: the same simulations, the same bytes joined from their pieces, the same files written."""

    evaluations: Sequence[Evaluation]
    pages: Sequence[tuple[str, Sequence[tuple[str, Sequence[bytes]]]]]  # a folder, and its files in pieces

    def run(self, out: Path) -> None:
        """Do it once, in a folder that is empty."""
        for one in self.evaluations:
            for simulation in one.plan.runs:
                _simulate(simulation, one.inputs[simulation.name], one.frames["raw"], one.variants)
        (out / UNFINISHED).mkdir()
        for folder, files in self.pages:
            (out / folder).parent.mkdir(exist_ok=True)
            write_folder(out, folder, {name: b"".join(pieces) for name, pieces in files})


def floor_of(order: Order, students: int) -> Floor:
    """The floor under a cohort of so many students."""
    seats = plan_seats(order.questions, numbered(students).students)
    evaluations = [
        evaluate(plan(template), [Variant(seed=seat.seed, template=template.id, variant=0) for seat in run.seats])
        for run in runs_of(seats)
        for template in order.questions.templates
    ]
    maker = FileMaker(order)
    pages: list[tuple[str, list[tuple[str, list[bytes]]]]] = []
    for run in runs_of(seats):
        forms = make_forms(order.questions, run.seats, run.after)
        for made, handed in zip(forms, maker.files(forms), strict=True):
            for kind, files in (("student", handed.student), ("instructor", handed.instructor)):
                cut = [(name, _pieces(content)) for name, content in files.items()]
                pages.append((f"{kind}/{made.seat.folder}", cut))
    return Floor(evaluations, pages)


def _pieces(content: bytes) -> list[bytes]:
    return [content[start : start + PIECE] for start in range(0, len(content), PIECE)]


def against_the_floor(bank: Bank, students: int) -> dict[str, Any]:
    """Ours and the floor in turns, in this process: processor time in seconds, and the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        floor = floor_of(order_in(bank, Path(folder)), students)
    ours: list[float] = []
    bare: list[float] = []
    for number in range(ROUNDS + 1):
        with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as other:
            order = order_in(bank, Path(folder))
            seats = plan_seats(order.questions, numbered(students).students)
            begin(order, seats, resume=False)
            spent = _seconds(partial(make_cohort, order, seats, None, progress=lambda done: None))
            spent_bare = _seconds(partial(floor.run, Path(other)))
        if number:
            ours.append(spent)
            bare.append(spent_bare)
    ratios = sorted(own / other for own, other in zip(ours, bare, strict=True))
    return {"students": students, "ours": ours, "floor": bare, "ratios": ratios}


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


# -- figures and PDF ---------------------------------------------------------------------------------------------------


def figures(bank: Bank) -> dict[str, float]:
    """Milliseconds of processor time for each figure of the bank, drawn as HTML for many variants."""
    found: dict[str, float] = {}
    for template in bank.templates.values():
        if template.figure:
            items = realise(template, seed=5, variants=range(FIGURES)).items
            html_of(drawing(items[0]), "quiz", USUAL)
            spent = _seconds(partial(_draw_all, items))
            found[template.id] = 1e3 * spent / FIGURES
    return found


def _draw_all(items: Sequence[Item]) -> None:
    for item in items:
        html_of(drawing(item), "quiz", USUAL)


def in_pdf(bank: Bank) -> dict[str, Any]:
    """Milliseconds that go by for a student's exam as PDF in a process that has made one, and how many pages it has."""
    order = order_in(bank, Path())
    seats = plan_seats(order.questions, numbered(IN_PDF).students)
    documents = [quiz(made.form) for made in make_forms(order.questions, seats, None)]
    pages = pdf.page_count(pdf.render(documents[0]))
    found: list[float] = []
    for document in documents[1:]:
        begun = time.perf_counter()
        pdf.render(document)
        found.append(1e3 * (time.perf_counter() - begun))
    return {"pages": pages, "milliseconds": found}


# -- starting ----------------------------------------------------------------------------------------------------------


def start_up() -> dict[str, list[float]]:
    """Processor time of whole processes, in turns: click and NumPy alone, --help, and one exam of ten questions."""
    with tempfile.TemporaryDirectory() as folder:
        exam = ["-m", "quizgen", "exam", "--seed", "3", "--format", "html", "--force", "--out", folder]
        commands = {
            "import click": ["-c", "import click"],
            "import numpy": ["-c", "import numpy"],
            "--help": ["-m", "quizgen", "--help"],
            "one exam": exam,
        }
        found: dict[str, list[float]] = {name: [] for name in commands}
        for number in range(STARTS + 1):  # the first keeps the bank, the page templates and the modules
            for name, command in commands.items():
                before = _seconds_of_children()
                environment = ENVIRONMENT | {"QUIZGEN_CACHE": CACHE, "OPENBLAS_NUM_THREADS": "1"}
                subprocess.run([sys.executable, *command], capture_output=True, check=True, env=environment)
                if number:
                    found[name].append(_seconds_of_children() - before)
    return found


def _seconds_of_children() -> float:
    """The processor time of all that ran, to the microsecond, where `os.times` counts hundredths of a second."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=1000)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="no cohort of more than --students")
    parser.add_argument("--make", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--jobs", type=int, default=1, help=argparse.SUPPRESS)
    parser.add_argument("--cache", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.make:
        make(chosen.make, chosen.out, chosen.jobs, chosen.cache)
        return
    found: dict[str, Any] = {
        "whole": [made_apart(chosen.students) for _ in range(ROUNDS)],
        "two processes": [made_apart(chosen.students, jobs=2) for _ in range(ROUNDS)],
        "floor": against_the_floor(load_with_shipped(), chosen.students),
        "growth": {str(n): made_apart(n) for n in GROWTH if not (chosen.quick and n > chosen.students)},
        "figures": figures(load_with_shipped()),
        "pdf": in_pdf(load_with_shipped()),
        "start": start_up(),
    }
    print(json.dumps(found, indent=1) if chosen.json else _told(found, chosen.students))  # noqa: T201


def _told(found: dict[str, Any], students: int) -> str:
    """The figures as lines for people."""
    whole = [one["seconds"] for one in found["whole"]]
    passed = [one["passed"] for one in found["two processes"]]
    floor, start = found["floor"], found["start"]
    peer = PEER_SECONDS * students
    return "\n".join(
        [
            f"{students} exams of ten questions: {_range(whole)} s of processor time in all, start-up included;",
            f"  {_range([peer / one for one in whole])} times faster than R/exams' {PEER_SECONDS} s an exam",
            f"two processes: {_range(passed)} s went by, {_range([peer / one for one in passed])} times faster",
            f"against the floor of simulating, filling and writing: {_range(floor['ratios'])} times its time",
            *(
                f"{n:>6} exams: {1e3 * one['seconds'] / int(n):.2f} ms an exam, {one['megabytes']:.0f} MB at the most"
                for n, one in found["growth"].items()
            ),
            f"a figure: {_range(list(found['figures'].values()))} ms",
            f"an exam of {found['pdf']['pages']} pages as PDF: {_range(found['pdf']['milliseconds'])} ms",
            *(f"{name}: {_range(seconds, 3)} s" for name, seconds in start.items()),
        ]
    )


def _range(values: Sequence[float], digits: int = 2) -> str:
    return f"{min(values):.{digits}f} to {max(values):.{digits}f} (median {median(values):.{digits}f})"


if __name__ == "__main__":
    main()
