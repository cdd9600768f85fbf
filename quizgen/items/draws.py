"""Where randomness starts: a digest of what is drawn for whom, and nothing else.

A number depends on (seed, template, variant, attempt, name) alone, so adding an item or a parameter leaves all others
unchanged, and so does drawing one variant or a thousand at a time.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from quizgen.items.template import Draw
from quizgen.numbers.columns import spell_all
from quizgen.numbers.printing import Number, Precision, precision_fault
from quizgen.values import immutable

_EXACT: Final = Precision(kind="exact")


@immutable
class Variant:
    """Which item of a template: everything that its randomness depends on."""

    seed: int
    template: str
    variant: int
    attempt: int = 0

    def again(self, attempt: int) -> "Variant":
        """The same variant, drawn for the ``attempt``-th time, counted from 0."""
        return self if attempt == self.attempt else replace(self, attempt=attempt)

    def digest(self, purpose: str) -> int:
        """256 bits that belong to this variant and ``purpose``."""
        text = f"{self.seed}\x1f{self.template}\x1f{self.variant}\x1f{self.attempt}\x1f{purpose}"
        return int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")

    def uniform(self, purpose: str) -> float:
        """A number in [0, 1) with 53 random bits."""
        return (self.digest(purpose) >> 203) / 2**53

    def stream(self, purpose: str) -> int:
        """128 bits that set the state of a bit generator, for whole arrays of weights."""
        return self.digest(purpose) >> 128

    def order(self, purpose: str, count: int) -> Sequence[int]:
        """A shuffle of ``range(count)``."""
        return sorted(range(count), key=lambda index: self.digest(f"{purpose}\x1f{index}"))


def draw_numbers(draw: Draw, variants: Sequence[Variant], name: str) -> list[Number]:
    """The parameter ``name`` of each variant, rounded to what is printed: its raw value is the printed one."""
    shares = [variant.uniform(name) for variant in variants]
    if draw.choice is not None:
        offered = [_EXACT.print(value) for value in draw.choice]
        return [offered[int(u * len(offered))] for u in shares]
    if draw.integer is not None:
        first, last = draw.integer
        return [_EXACT.print(first + int(u * (last - first + 1))) for u in shares]
    if draw.uniform is not None and draw.decimals is not None:
        low, high = draw.uniform
        precision, values = Precision(kind="decimals", count=draw.decimals), [low + u * (high - low) for u in shares]
    else:
        assert draw.log_uniform is not None  # noqa: S101  (one of the four is given: the plan has checked it)
        assert draw.figures is not None  # noqa: S101
        low, high = draw.log_uniform
        precision, values = Precision(kind="figures", count=draw.figures), [low * (high / low) ** u for u in shares]
    return [Number(printed=printed, raw=float(printed)) for printed in spell_all(precision, np.array(values))]


def draw_faults(draw: Draw) -> Iterator[str]:
    """What is wrong with how a parameter is drawn."""
    ways = {name: getattr(draw, name) for name in ("choice", "uniform", "log_uniform", "integer")}
    used = [name for name, value in ways.items() if value is not None]
    if len(used) != 1:
        yield f"expected exactly one of choice, uniform, log_uniform, integer; found {' and '.join(used) or 'none'}"
        return
    if draw.choice is not None and len(set(draw.choice)) < 2:
        yield "a choice needs at least two different numbers"
    for name in ("uniform", "log_uniform", "integer"):
        ends = ways[name]
        if ends is not None and not ends[0] < ends[1]:
            yield f"{name}: {ends[0]:g} is not less than {ends[1]:g}"
    if draw.log_uniform is not None and draw.log_uniform[0] <= 0:
        yield "log_uniform needs positive ends"
    if (draw.uniform is not None) != (draw.decimals is not None):
        yield "uniform goes with decimals, and decimals with uniform"
    if (draw.log_uniform is not None) != (draw.figures is not None):
        yield "log_uniform goes with figures, and figures with log_uniform"
    if draw.decimals is not None and (fault := precision_fault(Precision(kind="decimals", count=draw.decimals))):
        yield fault
    if draw.figures is not None and (fault := precision_fault(Precision(kind="figures", count=draw.figures))):
        yield fault
