"""Throw damaged answers and files at grading: nothing may be a traceback, and nothing unread may be a point.

    python -m tests.fuzz --seconds 60                  # or: make fuzz
    python -m tests.fuzz --only marks --seed 17        # one round again, as a find prints it

Every round has a seed of its own, from which all of it follows.
"""

import argparse
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Final

from tests.fuzz.targets import TARGETS, Find
from tests.fuzz.world import make_world

SLOW: Final = 10  # seconds that no round may take


def rounds(names: list[str]) -> Iterator[str]:
    """The targets, over and over again, each as often as it says."""
    while True:
        for name in names:
            yield from [name] * (TARGETS[name][1] if len(names) > 1 else 1)


def too_slow(_signal: int, _frame: FrameType | None) -> None:
    """What happens when the time of a round is up."""
    raise Find(f"took more than {SLOW} seconds")


def say(line: str) -> None:
    """Write one line at once."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def main() -> None:
    """Go on until the time is up, and tell what was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, help="of a single round")
    parser.add_argument(
        "--start", type=int, default=random.SystemRandom().randrange(10**9), help="seed of the first round"
    )
    parser.add_argument("--only", choices=TARGETS, action="append")
    arguments = parser.parse_args()
    signal.signal(signal.SIGALRM, too_slow)
    found: Counter[str] = Counter()
    done: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="quizgen-fuzz-") as folder:
        world = make_world(Path(folder))
        say(f"seeds from {arguments.start} on" if arguments.seed is None else f"seed {arguments.seed}")
        end = time.monotonic() + arguments.seconds
        for number, name in enumerate(rounds(arguments.only or list(TARGETS))):
            seed = arguments.start + number if arguments.seed is None else arguments.seed
            if told := one_round(partial(TARGETS[name][0], world), seed):
                found[name] += 1
                say(f"FOUND with --only {name} --seed {seed}: {told}")
            done[name] += 1
            if time.monotonic() > end or arguments.seed is not None:
                break
    say(", ".join(f"{name} {count:,}" for name, count in done.items()))
    say(f"{sum(found.values())} found")
    sys.exit(1 if found else 0)


def one_round(throw: Callable[[random.Random], None], seed: int) -> str:
    """What one round found; "" if nothing."""
    signal.alarm(SLOW)
    try:
        throw(random.Random(seed))  # noqa: S311
    except Find as find:
        return str(find)[:1500]
    except Exception:  # whatever it is, it is what we look for
        return traceback.format_exc()[-1500:]
    finally:
        signal.alarm(0)
    return ""


if __name__ == "__main__":
    main()
