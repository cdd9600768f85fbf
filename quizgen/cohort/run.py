"""Making a cohort: runs of seats spread over any `concurrent.futures.Executor`, and taken up again after an end.

A run is done when its rows lie in the folder of unfinished work, which happens after all its folders are in place. So
whatever ended the work, and wherever, only runs without rows are made again, to the same bytes.
"""

import gc
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from contextlib import contextmanager
from itertools import islice
from typing import Final

from quizgen.cohort import state
from quizgen.cohort.files import file_maker
from quizgen.cohort.index import write_index
from quizgen.cohort.make import make_forms
from quizgen.cohort.order import Order, Run, packed, runs_of, unpacked
from quizgen.cohort.plan import Seat
from quizgen.cohort.rows import row_of, to_csv
from quizgen.cohort.workers import Pool, Workers
from quizgen.cohort.write import write_assets, write_file, write_folder, writing
from quizgen.errors import QuizgenError

RESTARTS: Final = 5  # of processes that were killed, in a whole cohort
WAITING: Final = 2  # runs for each worker that are handed out ahead

Progress = Callable[[int], None]


def make_cohort(order: Order, seats: Sequence[Seat], workers: Workers | None, *, progress: Progress) -> int:
    """Make what is missing of a cohort; ``progress`` is told how many students are done. Returns how many were made.

    Raises: QuizgenError if a folder cannot be written, or an item cannot be made.
    """
    runs = list(runs_of(seats))
    rows = [state.rows_file(order.out, run) for run in runs]
    if state.is_finished(order.out):
        state.tidy(order.out)
        progress(len(seats))
        return 0
    left = [run for run, file in zip(runs, rows, strict=True) if not file.exists()]
    done = len(seats) - sum(len(run.seats) for run in left)
    progress(done)
    made = 0
    with writing(order.out):
        write_assets(order)
    for run in _spread(order, left, workers):
        made += len(run.seats)
        progress(done + made)
    with writing(order.out):
        write_index(order, len(seats), rows)
        write_file(order.out, state.FINISHED, (state.record(order, seats),))
        state.tidy(order.out)
    return made


def make_run(content: bytes, run: Run) -> None:
    """Make one run of the order that ``content`` holds; what an executor's worker does."""
    order = unpacked(content)
    maker = file_maker(order)
    with _without_collector(), writing(order.out):
        made = make_forms(order.questions, run.seats, run.after)
        for one, handed in zip(made, maker.files(made), strict=True):
            write_folder(order.out, f"instructor/{one.seat.folder}", handed.instructor)
            write_folder(order.out, f"student/{one.seat.folder}", handed.student)
        write_file(order.out, f"{state.UNFINISHED}/{run.name}", (to_csv([row_of(one) for one in made]),))


@contextmanager
def _without_collector() -> Iterator[None]:
    """Look for no cycles: a run makes a million values and none that refers to itself; looking takes a tenth of it."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _spread(order: Order, runs: Sequence[Run], workers: Workers | None) -> Iterator[Run]:
    """Make the runs, and yield each when it is done; processes that were killed are started again."""
    content = packed(order)
    if workers is None:
        for run in runs:
            make_run(content, run)
            yield run
        return
    left = list(runs)
    for _ in range(RESTARTS):
        try:
            with workers() as pool:
                for run in _by(pool, content, list(left)):
                    left.remove(run)
                    yield run
        except BrokenExecutor:
            continue
        return
    raise QuizgenError(f"workers were killed {RESTARTS} times", hint="is memory short? try fewer --jobs, with --resume")


def _by(pool: Pool, content: bytes, runs: Sequence[Run]) -> Iterator[Run]:
    """Make the runs with one pool; only a few are handed out at a time."""
    pending: dict[Future[None], Run] = {}
    waiting = iter(runs)
    try:
        while True:
            for run in islice(waiting, pool.workers * WAITING - len(pending)):
                pending[pool.executor.submit(make_run, content, run)] = run
            if not pending:
                return
            for future in wait(pending, return_when=FIRST_COMPLETED).done:
                run = pending.pop(future)
                future.result()
                yield run
    finally:
        for future in pending:
            future.cancel()
