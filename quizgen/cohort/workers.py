"""Who makes a cohort: this process, several, or a Dask cluster; all others through `concurrent.futures.Executor`."""

import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import AbstractContextManager, contextmanager
from functools import partial

from quizgen.errors import QuizgenError, UsageError
from quizgen.values import immutable


@immutable(kw_only=False)
class Pool:
    """Workers that wait for work, and how many there are."""

    executor: Executor
    workers: int


Workers = Callable[[], AbstractContextManager[Pool]]
"""Opens a pool; where its processes were killed, it is opened again."""


def workers_of(*, jobs: int, cluster: str | None) -> Workers | None:
    """The workers that were asked for; None for this process alone.

    Raises: UsageError if the package for clusters is missing; QuizgenError if there is no cluster at the address.
    """
    if cluster is not None:
        _check_package()
        return partial(_cluster, cluster)
    return partial(_processes, jobs) if jobs > 1 else None


@contextmanager
def _processes(jobs: int) -> Iterator[Pool]:
    """Processes that begin as copies of this one where the system has that, with all that was read and compiled."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_ignore_ctrl_c) as executor:
        yield Pool(executor, jobs)


def _ignore_ctrl_c() -> None:
    """Only the process that hands out the work hears Ctrl-C; the others end when they are done with what they have."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _cluster(address: str) -> Iterator[Pool]:
    from distributed import Client

    try:
        client = Client(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise QuizgenError(f"--cluster {address}: {error}", hint="is the scheduler running there?") from None
    with client:
        workers = sum(client.nthreads().values())
        if not workers:
            raise QuizgenError(f"--cluster {address}: no workers", hint=f"start one: dask worker {address}")
        yield Pool(client.get_executor(pure=False), workers)


def _check_package() -> None:
    try:
        import distributed  # noqa: F401  (only whether it is there)
    except ImportError:
        raise UsageError("--cluster needs the package distributed", hint="pip install 'quizgen[cluster]'") from None
