"""Work spread over processes: results come in the order of what was asked, and Ctrl-C ends it cleanly."""

import signal
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def spread(function: Callable[[T], R], entries: Sequence[T], *, jobs: int) -> Iterator[R]:
    """``function`` of each entry, in order; by this process alone for one job, or else by so many processes.

    The processes start afresh, so ``function`` must be one that can be imported by name.
    """
    if jobs == 1 or len(entries) < 2:
        yield from map(function, entries)
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    pool = ProcessPoolExecutor(min(jobs, len(entries)), mp_context=multiprocessing.get_context("spawn"))
    try:
        heard = signal.signal(signal.SIGINT, signal.SIG_IGN)  # the new processes inherit that they hear no Ctrl-C
        try:
            results = [pool.submit(function, entry) for entry in entries]
        finally:
            signal.signal(signal.SIGINT, heard)
        for result in results:
            yield result.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
