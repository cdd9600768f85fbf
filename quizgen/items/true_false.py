"""A statement that is true or false, with the reason to choose: half the points for each, none for a lucky reason."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
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
from quizgen.words import Said, joined, languages, said_in, say

_RESPONSE: Final = re.compile(r"\s*([^\W\d_]+)[\s,;:.)(-]*([a-jA-J])?[\s).]*")


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
        judged, letter = _read(response)
        if judged is None or letter not in {reason.letter for reason in key.reasons}:
            return None
        return TrueFalseKey(right=judged, reasons=offers.with_right(key.reasons, {letter}))

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
            Sentence(text=say("answers.is", answer=self.key_words(part)), strong=True),
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
            kind="ticks", name=say("asks.which_judgement"), choices=(_mark(truth=True), _mark(truth=False))
        )
        return Inputs(inputs=(judgement, Input(kind="ticks", name=say("asks.which_reason"), choices=letters)))

    def self_check(self, part: Part) -> SelfCheck:
        """The judgement and the reason, each by itself; for each wrong reason why it is wrong."""
        key = self.key_of(part)
        reason = LettersCheck(right=(offers.right_letters(key.reasons),))
        wrong = [one for one in key.reasons if one.because and not one.right]
        return SelfCheck(
            check=EachCheck(checks=(LettersCheck(right=(_mark(truth=key.right),)), reason)),
            hints=tuple((EachCheck(checks=(None, LettersCheck(right=(one.letter,)))), one.because) for one in wrong),
        )

    def key_response(self, part: Part) -> str:
        """Such as "false C"."""
        return str(self.key_words(part))

    def key_words(self, part: Part) -> str:
        """The same, in fixed words."""
        key = self.key_of(part)
        return _spelt(judged=key.right, letter=offers.right_letters(key.reasons))

    def grade(self, part: Part, response: str, settings: Settings) -> Verdict:
        """Half for the judgement; the other half for the reason, if the judgement is right."""
        del settings
        key = self.key_of(part)
        judged, letter = _read(response)
        letters = {reason.letter: reason for reason in key.reasons}
        if judged is None or (letter and letter not in letters):
            return Verdict(status="unreadable", feedback=say("told.write_this", how=self.how_to_answer(part)))
        reason = letters.get(letter)
        read_as = _spelt(judged=judged, letter=letter)
        fraction = 0.0 if judged != key.right else 0.5 + 0.5 * bool(reason and reason.right)
        wrong_reason = reason if reason and not reason.right else None
        return Verdict(
            status="right" if fraction == 1 else "partial" if fraction else "wrong",
            fraction=fraction,
            read_as=read_as,
            diagnosis=(wrong_reason.misconception or None) if wrong_reason else None,
            feedback=joined("list.paragraphs", _remarks(key, judged=judged, reason=reason)),
        )


def _remarks(key: TrueFalseKey, *, judged: bool, reason: KeyOption | None) -> Iterator[str]:
    """What is wrong with the judgement, then with the reason."""
    if judged != key.right:
        yield say("judgement.is_true" if key.right else "judgement.is_false")
    if reason is None:
        yield say("told.no_reason")
    elif reason.because and not reason.right:
        yield say("told.wrong_reason_because", letter=reason.letter, because=reason.because.strip())
    elif not reason.right:
        yield say("told.wrong_reason", letter=reason.letter)


def _read(response: str) -> tuple[bool | None, str]:
    """The judgement in a response and the letter of its reason, a capital; None and "" for what is not there."""
    match = _RESPONSE.fullmatch(response)
    return (_judgements().get(match[1].casefold()), (match[2] or "").upper()) if match else (None, "")


@cache
def _judgements() -> Mapping[str, bool]:
    """What is read as true and as false: the words of every language, and their first letters where these tell."""
    meant: dict[str, set[bool]] = {}
    for language in languages():
        for truth in (True, False):
            word = said_in(_word(truth=truth), language).casefold()
            for written in (word, word[0]):
                meant.setdefault(written, set()).add(truth)
    return {written: truths.pop() for written, truths in meant.items() if len(truths) == 1}


def _spelt(*, judged: bool, letter: str) -> str:
    judgement = _word(truth=judged)
    return say("judgement.with_reason", judgement=judgement, letter=letter) if letter else judgement


def _word(*, truth: bool) -> Said:
    return say("judgement.true" if truth else "judgement.false")


def _mark(*, truth: bool) -> str:
    """What a response file has for a tick: the same in every language."""
    return "true" if truth else "false"


def _verdict(*, word: str, fill: Fill) -> OptionBlock:
    return OptionBlock(letter="", text=fill(word))
