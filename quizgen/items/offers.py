"""Options that are offered for choice: decided by the simulation, freed of collisions, put in order, lettered."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final, Literal

from quizgen import blocks
from quizgen.blocks import Block, Prose, Sentence
from quizgen.items.contract import Fill, Rejected, Values
from quizgen.values import immutable
from quizgen.words import say

Order = Literal["value", "shuffle", "as-written"]
LETTERS: Final = "ABCDEFGHIJ"
# Two numeric options closer than this would make a page of near-equal numbers.
SMALLEST_GAP: Final = 0.05
_ONLY_A_VALUE: Final = re.compile(r"\s*\$?\s*<<\s*([A-Za-z]\w*)\s*>>\s*\$?\s*")


@immutable
class OptionSpec:
    """One option as its author wrote it."""

    text: str
    """What the option says; a text, or just `<< name >>` for a number."""
    right: bool | str = False
    """true, false, or a condition that the simulation decides."""
    misconception: str = ""
    """The mistake that leads to this option."""
    because: str = ""
    """Why it is right or wrong; shown in model answers and feedback."""


@immutable
class KeyOption:
    """One option of a variant, with its letter."""

    letter: str
    text: str
    right: bool
    misconception: str = ""
    because: str = ""


def expressions(options: Sequence[OptionSpec]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The conditions of the options, and the names of the numbers that they show."""
    for index, option in enumerate(options):
        if isinstance(option.right, str):
            yield (index, "right"), option.right
        if name := shown_value(option):
            yield (index, "text"), name


def derived(options: Sequence[OptionSpec]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The names of the numbers that options consist of which are, or can be, right."""
    for index, option in enumerate(options):
        if option.right and (name := shown_value(option)):
            yield (index, "text"), name


def texts(options: Sequence[OptionSpec]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The texts of the options."""
    for index, option in enumerate(options):
        yield (index, "text"), option.text
        yield (index, "because"), option.because


def mistakes(options: Sequence[OptionSpec]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The ids of the misconceptions that lead to options."""
    for index, option in enumerate(options):
        if option.misconception:
            yield (index, "misconception"), option.misconception


def shown_value(option: OptionSpec | KeyOption) -> str | None:
    """The name of the number that the option consists of, if it does."""
    match = _ONLY_A_VALUE.fullmatch(option.text)
    return match.group(1) if match else None


def check(options: Sequence[OptionSpec], show: int | None) -> Iterator[str]:
    """What is wrong with the options, whatever the numbers."""
    if not 2 <= len(options) <= len(LETTERS):
        yield f"{len(options)} options; expected 2 to {len(LETTERS)}"
    if show is not None and not 2 <= show <= len(options):
        yield f"show {show} of {len(options)} options"
    if not any(option.right for option in options):
        yield "no option can be right"


def offer(
    options: Sequence[OptionSpec], values: Values, *, show: int | None, order: Order | None, purpose: str
) -> tuple[KeyOption, ...]:
    """The options of one variant: right ones first to be kept, colliding ones dropped, ordered and lettered.

    Options collide where they read the same, or are numbers that are nearly equal.
    Raises: Rejected if fewer than ``show`` options are left, or if rounding decides what is right.
    """
    decided = [(option, decide(option.right, values)) for option in options]
    read: set[str] = set()
    kept: list[tuple[OptionSpec, bool]] = []
    for option, right in sorted(decided, key=lambda pair: not pair[1]):
        said = values.words(option.text).casefold()
        if said not in read and not any(_nearly_equal(option, other, values) for other, _ in kept):
            kept.append((option, right))
            read.add(said)
    wanted = show or len(options)
    if len(kept) < wanted:
        raise Rejected(f"only {len(kept)} different options")
    _check_nearest(kept[:wanted], values)
    arranged = _arrange(kept[:wanted], list(options), values, order, purpose)
    return tuple(
        KeyOption(
            letter=letter, text=option.text, right=right, misconception=option.misconception, because=option.because
        )
        for letter, (option, right) in zip(LETTERS, arranged, strict=False)
    )


def decide(condition: bool | str, values: Values) -> bool:  # noqa: FBT001  (as its author wrote it)
    """Whether a condition holds, in numbers rounded or not.  Raises: Rejected where that depends on the rounding."""
    if not isinstance(condition, str):
        return condition
    found = {bool(frame(condition)) for frame in (values.raw, values.key, values.hand)}
    if len(found) > 1:
        raise Rejected(f"rounding decides: {condition}")
    return found.pop()


def _check_nearest(kept: Sequence[tuple[OptionSpec, bool]], values: Values) -> None:
    """Raise Rejected where an unrounded or hand-rounded right value lies nearer to another option than to its own."""
    shown = [(name, right) for option, right in kept if (name := shown_value(option))]
    for name in (name for name, right in shown if right):
        for found in (values.raw(name), values.hand(name)):
            own = abs(found - values.key(name))
            if any(abs(found - values.key(other)) <= own for other, _ in shown if other != name):
                raise Rejected(f"rounding decides: {name} among the options")


def _nearly_equal(option: OptionSpec, other: OptionSpec, values: Values) -> bool:
    """Whether both options are numbers that lie too near to each other."""
    first, second = shown_value(option), shown_value(other)
    if first is None or second is None:
        return False
    a, b = values.key(first), values.key(second)
    return abs(a - b) <= SMALLEST_GAP * max(abs(a), abs(b))


def _arrange(
    kept: Sequence[tuple[OptionSpec, bool]],
    written: Sequence[OptionSpec],
    values: Values,
    order: Order | None,
    purpose: str,
) -> list[tuple[OptionSpec, bool]]:
    names = [shown_value(option) for option, _ in kept]
    if order == "as-written":
        return sorted(kept, key=lambda pair: written.index(pair[0]))
    if order in (None, "value") and all(names):
        return sorted(kept, key=lambda pair: values.key(shown_value(pair[0]) or "0"))
    return [kept[index] for index in values.order(purpose, len(kept))]


def to_blocks(options: Sequence[KeyOption], fill: Fill, *, several: bool) -> Block:
    """The options as the student sees them."""
    shown = tuple(blocks.Option(letter=option.letter, text=fill(option.text)) for option in options)
    return blocks.Options(options=shown, several=several)


def to_marked_blocks(options: Sequence[KeyOption], fill: Fill, *, several: bool) -> Block:
    """The options as model answers show them: which are right, and why each is or is not."""
    return blocks.Options(
        options=tuple(
            blocks.Option(
                letter=option.letter,
                text=fill(option.text),
                mark="right" if option.right else "wrong",
                because=_prose(option.because, fill),
            )
            for option in options
        ),
        several=several,
    )


def said(options: Sequence[KeyOption]) -> tuple[str, ...]:
    """What options say, and why they are right or wrong."""
    return tuple([text for option in options for text in (option.text, option.because)])


def look(options: Sequence[KeyOption]) -> tuple[bool, ...]:
    """What the look of options depends on, besides what they say: which of them are right."""
    return tuple([option.right for option in options])


def with_said(options: Sequence[KeyOption], texts: Sequence[str]) -> tuple[KeyOption, ...]:
    """The options with other texts, as `said` tells them."""
    pairs = zip(texts[::2], texts[1::2], strict=True)
    return tuple(
        replace(option, text=text, because=because) for option, (text, because) in zip(options, pairs, strict=True)
    )


def _prose(text: str, fill: Fill) -> Prose | None:
    return fill(text) if text else None


def right_letters(options: Sequence[KeyOption]) -> str:
    """The letters of the right options: "A, C"."""
    return ", ".join(option.letter for option in options if option.right)


def with_right(options: Sequence[KeyOption], letters: Collection[str]) -> tuple[KeyOption, ...]:
    """The options of which those with these letters, and no others, are right."""
    return tuple(replace(option, right=option.letter in letters) for option in options)


def right_place(options: Sequence[KeyOption]) -> tuple[int, int]:
    """Where the first right option stands (from 0), and among how many."""
    return next(index for index, option in enumerate(options) if option.right), len(options)


def answer_sentence(options: Sequence[KeyOption]) -> Block:
    """The line that names the right options."""
    return Sentence(text=say("answers.is", answer=right_letters(options)), strong=True)
