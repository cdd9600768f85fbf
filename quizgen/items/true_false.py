"""A statement that is true or false, with the reason to choose: half the points for each, none for a lucky reason."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from quizgen.blocks import Block, Options, Sentence
from quizgen.blocks import Option as OptionBlock
from quizgen.checks import EachCheck, LettersCheck, SelfCheck
from quizgen.inputs import Input, Inputs
from quizgen.items import offers
from quizgen.items.contract import Fill, ItemType, Path, Rejected, Settings, Values, Varying, Verdict
from quizgen.items.item import Misconception, Part
from quizgen.items.offers import KeyOption, OptionSpec
from quizgen.values import immutable
from quizgen.words import say

_RESPONSE: Final = re.compile(r"\s*(true|false|t|f)\b[\s,;:.)(-]*([a-jA-J])?[\s).]*", re.IGNORECASE)


REQUEST: Final = "Tick true or false, and the one reason that proves it. Others may be true and prove nothing here."


@immutable
class TrueFalseSpec:
    """A statement to judge, and reasons to choose from; the part's ask states it."""

    right: bool | str
    """true, false, or a condition that the simulation decides: whether the statement is true."""
    reasons: tuple[OptionSpec, ...]
    """Reasons; exactly one of them is right."""
    show: int | None = None
    """How many reasons to show, if there are more."""


@immutable
class TrueFalseKey:
    """Whether the statement is true, and the reasons of this variant."""

    right: bool
    reasons: tuple[KeyOption, ...]


class TrueFalse(ItemType[TrueFalseSpec, TrueFalseKey]):
    """True or false, with the reason."""

    name = "true_false"
    spec = TrueFalseSpec
    key = TrueFalseKey

    def expressions(self, spec: TrueFalseSpec) -> Iterator[tuple[Path, str]]:
        """The condition of the statement and those of the reasons."""
        if isinstance(spec.right, str):
            yield ("right",), spec.right
        for place, source in offers.expressions(spec.reasons):
            yield ("reasons", *place), source

    def derived(self, spec: TrueFalseSpec) -> Iterator[tuple[Path, str]]:
        """The numbers that right reasons consist of."""
        for place, source in offers.derived(spec.reasons):
            yield ("reasons", *place), source

    def texts(self, spec: TrueFalseSpec) -> Iterator[tuple[Path, str]]:
        """What the reasons say."""
        for place, source in offers.texts(spec.reasons):
            yield ("reasons", *place), source

    def mistakes(self, spec: TrueFalseSpec) -> Iterator[tuple[Path, str]]:
        """The mistakes that lead to the reasons."""
        for place, name in offers.mistakes(spec.reasons):
            yield ("reasons", *place), name

    def check(self, spec: TrueFalseSpec, points: float) -> Iterator[tuple[Path, str]]:
        """As many reasons as there are letters at the most."""
        del points
        for fault in offers.check(spec.reasons, spec.show):
            yield ("reasons",), fault

    def make(self, spec: TrueFalseSpec, values: Values, misconceptions: Sequence[Misconception]) -> TrueFalseKey:
        """The key of one variant.  Raises: Rejected unless one reason is right, and no rounding decides."""
        del misconceptions
        right = offers.decide(spec.right, values)
        reasons = offers.offer(spec.reasons, values, show=spec.show, order="shuffle", purpose="reasons")
        count = sum(reason.right for reason in reasons)
        if count != 1:
            raise Rejected(f"{count} reasons are right")
        return TrueFalseKey(right=right, reasons=reasons)

    def with_response(self, key: TrueFalseKey, response: str) -> TrueFalseKey | None:
        """The key under which this judgement and this reason are right."""
        match = _RESPONSE.fullmatch(response)
        letters = {reason.letter for reason in key.reasons}
        if not match or not match[2] or match[2].upper() not in letters:
            return None
        reasons = offers.with_right(key.reasons, {match[2].upper()})
        return TrueFalseKey(right=match[1].lower().startswith("t"), reasons=reasons)

    def right_place(self, key: TrueFalseKey) -> tuple[int, int]:
        """Where the right reason stands."""
        return offers.right_place(key.reasons)

    def varying(self, key: TrueFalseKey) -> Varying:
        """What the reasons say."""
        return Varying(texts=offers.said(key.reasons), look=(key.right, *offers.look(key.reasons)))

    def with_varying(self, key: TrueFalseKey, varying: Varying) -> TrueFalseKey:
        """The reasons with other texts."""
        return replace(key, reasons=offers.with_said(key.reasons, varying.texts))

    def quiz_blocks(self, part: Part, fill: Fill) -> tuple[Block, ...]:
        """True and false to tick, then the reasons."""
        return (
            Sentence(text=say("asks.true_or_false")),
            Options(options=(_verdict(word=say("asks.true"), fill=fill), _verdict(word=say("asks.false"), fill=fill))),
            Sentence(text=say("asks.because")),
            offers.to_blocks(self.key_of(part).reasons, fill, several=False),
        )

    def answer_blocks(self, part: Part, fill: Fill) -> tuple[Block, ...]:
        """The key, then every reason with why it does or does not hold."""
        key = self.key_of(part)
        return (
            Sentence(text=say("answers.is", answer=self.key_response(part)), strong=True),
            offers.to_marked_blocks(key.reasons, fill, several=False),
        )

    def how_to_answer(self, part: Part) -> str:
        """Both halves."""
        last = self.key_of(part).reasons[-1].letter
        return say("how.judgement", last=last)

    def inputs(self, part: Part) -> Inputs:
        """True or false, and a reason, to tick."""
        letters = tuple(reason.letter for reason in self.key_of(part).reasons)
        judgement = Input(
            kind="ticks", name=say("asks.which_judgement"), choices=(_word(truth=True), _word(truth=False))
        )
        return Inputs(inputs=(judgement, Input(kind="ticks", name=say("asks.which_reason"), choices=letters)))

    def self_check(self, part: Part) -> SelfCheck:
        """The judgement and the reason, each by itself; for each wrong reason why it is wrong."""
        key = self.key_of(part)
        reason = LettersCheck(right=(offers.right_letters(key.reasons),))
        wrong = [one for one in key.reasons if one.because and not one.right]
        return SelfCheck(
            check=EachCheck(checks=(LettersCheck(right=(_word(truth=key.right),)), reason)),
            hints=tuple((EachCheck(checks=(None, LettersCheck(right=(one.letter,)))), one.because) for one in wrong),
        )

    def key_response(self, part: Part) -> str:
        """Such as "false C"."""
        key = self.key_of(part)
        return f"{_word(truth=key.right)} {offers.right_letters(key.reasons)}"

    def grade(self, part: Part, response: str, settings: Settings) -> Verdict:
        """Half for the judgement; the other half for the reason, if the judgement is right."""
        del settings
        key = self.key_of(part)
        match = _RESPONSE.fullmatch(response)
        letters = {reason.letter: reason for reason in key.reasons}
        if not match or (match[2] and match[2].upper() not in letters):
            return Verdict(status="unreadable", feedback=f"Write {self.how_to_answer(part)}.")
        judged = match[1].lower().startswith("t")
        reason = letters[match[2].upper()] if match[2] else None
        read_as = " ".join(filter(None, (_word(truth=judged), reason.letter if reason else "")))
        fraction = 0.0 if judged != key.right else 0.5 + 0.5 * bool(reason and reason.right)
        wrong_reason = reason if reason and not reason.right else None
        return Verdict(
            status="right" if fraction == 1 else "partial" if fraction else "wrong",
            fraction=fraction,
            read_as=read_as,
            diagnosis=(wrong_reason.misconception or None) if wrong_reason else None,
            feedback="\n\n".join(_remarks(key, judged=judged, reason=reason)),
        )


def _remarks(key: TrueFalseKey, *, judged: bool, reason: KeyOption | None) -> Iterator[str]:
    """What is wrong with the judgement, then with the reason."""
    if judged != key.right:
        yield f"The statement is {_word(truth=key.right)}."
    if reason is None:
        yield "You gave no reason; half of the points are for it."
    elif not reason.right:
        choice = f"You chose reason {reason.letter}"
        yield f"{choice}: {reason.because.strip()}" if reason.because else f"{choice}."


def _word(*, truth: bool) -> str:
    return "true" if truth else "false"


def _verdict(*, word: str, fill: Fill) -> OptionBlock:
    return OptionBlock(letter="", text=fill(word))
