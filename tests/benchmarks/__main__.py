"""Print how many times faster than its rivals each workload is; see docs/performance.md."""

import argparse
import json
import platform
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from tests.benchmarks.classes import Class
from tests.benchmarks.interleaved import Contest, Outcome, hold
from tests.benchmarks.workloads import Chain, GatedNetworks, TanhNetworks

HEADER = ("workload", "ours", "rival", "least", "median", "most", "goal", "differs by")
HAS_TORCH = find_spec("torch") is not None
PEER_MICROSECONDS = 45.0  # for one numeric answer; see docs/performance.md
# n, T, V, weights, and the goals against functional.jacobian and vmap(jacrev)
NETWORKS = (
    (64, 200, 8, "gaussian", 30.0, 5.0),
    (64, 200, 8, "orthogonal", 30.0, 5.0),
    (16, 100, 32, "gaussian", 40.0, 2.0),
    (16, 100, 32, "orthogonal", 40.0, 2.0),
    (256, 100, 1, "gaussian", 15.0, 7.0),
    (8, 50, 1, "gaussian", 1.0, 1.0),
    (16, 100, 1, "gaussian", 1.0, 1.0),
    (64, 200, 1, "gaussian", 1.0, 1.0),
)


def workloads(*, with_slow: bool) -> Iterator[tuple[str, Callable[[], Contest]]]:
    """The name of each workload, and how to make it."""
    for n, timesteps, variants, weights, slow_goal, fast_goal in NETWORKS:
        goals = {"vmap(jacrev)": fast_goal} | ({"functional.jacobian": slow_goal} if with_slow else {})
        name = f"tanh norms, {weights}, n={n} T={timesteps} V={variants}"
        draw = partial(TanhNetworks.draw, n=n, timesteps=timesteps, variants=variants, weights=weights)
        yield name, partial(norms_contest, name, draw, goals)
    for kind in ("lstm", "gru"):
        for variants in (1, 8):
            name = f"{kind} Jacobians, n=64 T=200 V={variants}"
            yield name, partial(jacobians_contest, name, kind, variants)
            name = f"{kind} Jacobians into a given array, n=64 T=200 V={variants}"
            yield name, partial(jacobians_contest, name, kind, variants, is_given=True)
    name = "product chain, n=256 T=100"
    yield name, partial(chain_contest, name)
    for name, method in (("last product norm", "last_product_norm"), ("all norms", "norms")):
        name = f"{name}, n=8 T=50 V=256"
        yield name, partial(batch_contest, name, method)
    for answers in ("as a class writes them", "all distinct"):
        name = f"grading 100,000 numbers, {answers}"
        yield name, partial(grading_contest, name, is_distinct=answers == "all distinct")


def norms_contest(name: str, draw: Callable[[], TanhNetworks], goals: dict[str, float]) -> Contest:
    """Step norms and product norms of tanh networks."""
    networks = draw()
    rivals, difference = {}, None
    if HAS_TORCH:
        from tests.benchmarks import torch_rivals as torch

        every = {"vmap(jacrev)": torch.norms_by_vmap, "functional.jacobian": torch.norms_by_functional_jacobian}
        rivals = {rival: partial(every[rival], networks) for rival in goals}
        difference = largest_difference(networks.norms(), torch.norms_by_vmap(networks))
    return Contest(
        name=name,
        ours=networks.norms,
        rivals=rivals,
        goals={rival: goals[rival] for rival in rivals},
        units=len(networks.x),
        difference=difference,
    )


def jacobians_contest(name: str, kind: str, variants: int, *, is_given: bool = False) -> Contest:
    """Step Jacobians of gated networks, the states given; ours into the same array each time if ``is_given``.

    The rival has no such choice, and takes fresh memory.
    """
    networks = GatedNetworks.draw(kind=kind, n=64, timesteps=200, variants=variants)
    out = np.empty_like(networks.jacobians()) if is_given else None
    rivals, difference = {}, None
    if HAS_TORCH:
        from tests.benchmarks import torch_rivals as torch

        rivals = {"vmap(jacrev)": partial(torch.jacobians_by_vmap, networks, kind)}
        ours, theirs = networks.jacobians(out), torch.jacobians_by_vmap(networks, kind)
        difference = float(np.abs(ours - theirs).max() / np.abs(theirs).max())
    return Contest(
        name=name,
        ours=partial(networks.jacobians, out),
        rivals=rivals,
        goals=dict.fromkeys(rivals, 20.0),
        units=variants,
        difference=difference,
    )


def chain_contest(name: str) -> Contest:
    """A product of given Jacobians kept in range, against matrix multiplication alone."""
    chain = Chain.draw(n=256, timesteps=100)
    rivals, goals = {"dgemm": chain.plain}, {"dgemm": 1 / 1.1}
    return Contest(name=name, ours=chain.ours, rivals=rivals, goals=goals, units=100, unit="product")


def batch_contest(name: str, method: str) -> Contest:
    """Many small networks at once; the goal, 40 µs a variant, is no ratio."""
    networks = TanhNetworks.draw(n=8, timesteps=50, variants=256)
    return Contest(name=name, ours=getattr(networks, method), rivals={}, goals={}, units=256)


def grading_contest(name: str, *, is_distinct: bool) -> Contest:
    """The numbers of 10,000 students, against a loop that only compares floats, and a peer's published time for one."""
    drawn = Class.draw(students=10_000, is_distinct=is_distinct)
    return Contest(
        name=name,
        ours=drawn.grade,
        rivals={"float and compare": drawn.compare_floats},
        published={"peer": PEER_MICROSECONDS},
        goals={"float and compare": None, "peer": 20.0},
        units=sum(len(response.responses) for response in drawn.responses),
        unit="response",
    )


def largest_difference(ours: tuple[np.ndarray, ...], theirs: tuple[np.ndarray, ...]) -> float:
    """The largest relative difference."""
    return max(float(np.abs(a / b - 1).max()) for a, b in zip(ours, theirs, strict=True))


def machine() -> dict[str, str]:
    """Where and with what the times were taken."""
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    return {
        "processor": processor(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "numpy": np.__version__,
        "blas": f"{blas['name']} {blas['version']}",
        "torch": metadata.version("torch") if HAS_TORCH else "not installed",
        "threads": "1",
    }


def processor() -> str:
    """The model's name, where the system tells."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or "unknown"


def rows(outcome: Outcome) -> Iterator[tuple[str, ...]]:
    """One row of the table for each rival; one without ratios where there is none."""
    contest = outcome.contest
    each = f"{outcome.microseconds_each():,.1f} µs a {contest.unit}"
    agreement = "" if contest.difference is None else f"{contest.difference:.0e}"
    for rival, goal in contest.goals.items():
        least, middle, most = outcome.ratios(rival)
        yield contest.name, each, rival, f"{least:.2f}", f"{middle:.2f}", f"{most:.2f}", _goal(goal), agreement
    if not contest.goals:
        yield contest.name, each, "", "", "", "", "", agreement


def _goal(goal: float | None) -> str:
    return "" if goal is None else f"{goal:.2g}"


def as_json(outcome: Outcome) -> dict[str, object]:
    """Every round of one contest."""
    contest = outcome.contest
    return {
        "name": contest.name,
        "units": contest.units,
        "unit": contest.unit,
        "goals": dict(contest.goals),
        "difference": contest.difference,
        "seconds": {name: list(each) for name, each in outcome.seconds.items()},
    }


def main() -> None:
    """Run everything and print the table, or all rounds as JSON."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print every round as JSON instead of the table")
    parser.add_argument("--quick", action="store_true", help="leave out functional.jacobian, the slowest rival")
    parser.add_argument("--only", default="", metavar="TEXT", help="only workloads whose name contains TEXT")
    arguments = parser.parse_args()
    if not HAS_TORCH:
        sys.stderr.write("PyTorch is not installed, so nothing is compared with it: pip install torch==2.13.0\n")
    outcomes = []
    say = (lambda _line: None) if arguments.json else print_line
    say("; ".join(f"{key} {value}" for key, value in machine().items()))
    say("Ratios are the rival's time over ours, round by round; a goal is what the median should reach.\n")
    say("| " + " | ".join(HEADER) + " |")
    say("|" + "---|" * len(HEADER))
    for name, make in workloads(with_slow=not arguments.quick):
        if arguments.only not in name:
            continue
        outcomes.append(hold(make()))
        for row in rows(outcomes[-1]):
            say("| " + " | ".join(row) + " |")
    if arguments.json:
        print_line(json.dumps({"machine": machine(), "contests": [as_json(outcome) for outcome in outcomes]}, indent=1))


def print_line(line: str) -> None:
    """Write one line at once, for those who watch."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
