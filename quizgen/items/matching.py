"""Entries to match with lettered ones: each right pair earns its share; a simulation may decide the pairs."""

from collections.abc import Iterator, Mapping, Sequence

from quizgen.blocks import Block, Grid, Prose, Sentence
from quizgen.checks import EachCheck, LettersCheck, SelfCheck
from quizgen.inputs import Input, Inputs
from quizgen.items import offers
from quizgen.items.contract import Fill, ItemType, Path, Rejected, Settings, Values, Varying, Verdict
from quizgen.items.item import Misconception, Part
from quizgen.items.matching_key import LeftEntry, MatchingKey, WrongPair, grade_matching
from quizgen.items.offers import LETTERS
from quizgen.values import immutable
from quizgen.words import say


@immutable
class PairSpec:
    """A left entry with the right entry that belongs to it."""

    left: str
    """What is numbered; a text. Pairs with the same left text are candidates, exactly one of which must hold."""
    right: str
    """What is lettered; a text. Pairs with the same right text share one letter."""
    when: bool | str = True
    """A condition that decides whether the pair holds; without it the pair always does."""
    because: str = ""
    """Why the two belong together; shown in model answers and feedback."""


@immutable
class WrongPairSpec:
    """A pair that a mistake leads to."""

    left: str
    """The text of a left entry."""
    right: str
    """The text of a right entry."""
    misconception: str
    """The id of the mistake in misconceptions.yaml."""
    because: str
    """Why the two do not belong together; a text."""
    when: bool | str = True
    """A condition without which the mistake does not lead there."""


@immutable
class MatchingSpec:
    """A part that is answered by matching."""

    pairs: tuple[PairSpec, ...]
    """What belongs together."""
    extra: tuple[str, ...] = ()
    """Right entries that may belong to no left entry; texts."""
    repeats: bool = False
    """Whether a right entry may belong to several left ones; the page says so."""
    wrong: tuple[WrongPairSpec, ...] = ()
    """Pairs that known mistakes lead to; passed over where they happen to hold."""


class Matching(ItemType[MatchingSpec, MatchingKey]):
    """Entries to match."""

    name = "matching"
    spec = MatchingSpec
    key = MatchingKey

    def expressions(self, spec: MatchingSpec) -> Iterator[tuple[Path, str]]:
        """The conditions of the pairs."""
        conditions: list[tuple[str, Sequence[PairSpec | WrongPairSpec]]] = [
            ("pairs", spec.pairs),
            ("wrong", spec.wrong),
        ]
        for name, pairs in conditions:
            for index, pair in enumerate(pairs):
                if isinstance(pair.when, str):
                    yield (name, index, "when"), pair.when

    def texts(self, spec: MatchingSpec) -> Iterator[tuple[Path, str]]:
        """What stands on both sides, and why they do or do not belong together."""
        for index, pair in enumerate(spec.pairs):
            yield ("pairs", index, "left"), pair.left
            yield ("pairs", index, "right"), pair.right
            yield ("pairs", index, "because"), pair.because
        for index, text in enumerate(spec.extra):
            yield ("extra", index), text
        for index, wrong in enumerate(spec.wrong):
            yield ("wrong", index, "because"), wrong.because

    def mistakes(self, spec: MatchingSpec) -> Iterator[tuple[Path, str]]:
        """The mistakes that lead to wrong pairs."""
        for index, wrong in enumerate(spec.wrong):
            yield ("wrong", index, "misconception"), wrong.misconception

    def check(self, spec: MatchingSpec, points: float) -> Iterator[tuple[Path, str]]:
        """Two or more entries on each side, as many as there are letters at the most, and wrong pairs of them."""
        del points
        for name, texts in (("left", _lefts(spec)), ("right", _rights(spec))):
            if not 2 <= len(texts) <= len(LETTERS):
                yield ("pairs",), f"{len(texts)} different {name} entries; expected 2 to {len(LETTERS)}"
        for index, wrong in enumerate(spec.wrong):
            for name, text, known in (("left", wrong.left, _lefts(spec)), ("right", wrong.right, _rights(spec))):
                if text.strip() not in known:
                    yield ("wrong", index, name), f"no {name} entry reads {text.strip()!r}"

    def make(self, spec: MatchingSpec, values: Values, misconceptions: Sequence[Misconception]) -> MatchingKey:
        """Both columns, the right one shuffled.  Raises: Rejected unless each left entry has one partner of its own."""
        del misconceptions
        rights = _rights(spec)
        for name, texts in (("left", _lefts(spec)), ("right", rights)):
            if len({values.words(text).casefold() for text in texts}) < len(texts):
                raise Rejected(f"two {name} entries read the same")
        shuffled = [rights[index] for index in values.order("matching", len(rights))]
        letters = dict(zip(shuffled, LETTERS, strict=False))
        left = tuple(_matched(text, spec, values, letters) for text in _lefts(spec))
        if not spec.repeats and len({entry.letter for entry in left}) < len(left):
            raise Rejected("two left entries belong to the same right entry")
        return MatchingKey(
            left=left,
            right=tuple(shuffled),
            repeats=spec.repeats,
            wrong=tuple(_wrong_pairs(spec, values, left, letters)),
        )

    def varying(self, key: MatchingKey) -> Varying:
        """Nothing: keys that look alike are equal."""
        return Varying(look=key)

    def quiz_blocks(self, part: Part, fill: Fill) -> tuple[Block, ...]:
        """Both columns, with a box for the letter beside each left entry."""
        key = self.key_of(part)
        once = "asks.match_once_spare" if len(key.right) > len(key.left) else "asks.match_once"
        request = say("asks.match_again" if key.repeats else once)
        rows = [(str(number), fill(entry.text), "") for number, entry in enumerate(key.left, start=1)]
        lettered = [(letter, fill(text)) for letter, text in zip(key.letters, key.right, strict=True)]
        return (
            Sentence(text=request),
            Grid(
                header=(say("asks.number"), say("asks.entry"), say("asks.letter")),
                rows=tuple(rows),
                align=("right", "left", "centre"),
            ),
            Grid(
                header=(say("asks.letter"), say("asks.what_may_belong")), rows=tuple(lettered), align=("centre", "left")
            ),
        )

    def answer_blocks(self, part: Part, fill: Fill) -> tuple[Block, ...]:
        """The right letters, then each pair with the reason."""
        key = self.key_of(part)
        texts = dict(zip(key.letters, key.right, strict=True))
        rows = tuple(
            (f"{number}{entry.letter}", fill(entry.text), fill(texts[entry.letter]), _why(entry, fill))
            for number, entry in enumerate(key.left, start=1)
        )
        header = (say("answers.pair"), say("asks.entry"), say("answers.belongs"), say("answers.why"))
        return (
            Sentence(text=say("answers.is", answer=self.key_response(part)), strong=True),
            Grid(header=header, rows=rows, align=("left", "left", "left", "left")),
        )

    def how_to_answer(self, part: Part) -> str:
        """A letter for each number."""
        key = self.key_of(part)
        return say("how.pairs", last=key.letters[-1], example=key.example)

    def inputs(self, part: Part) -> Inputs:
        """A letter to pick for each number."""
        key = self.key_of(part)
        letters = tuple(key.letters)
        return Inputs(
            inputs=tuple(
                Input(kind="pick", name=say("asks.which_letter", number=number), before=str(number), choices=letters)
                for number, _ in key.numbered
            )
        )

    def self_check(self, part: Part) -> SelfCheck:
        """The letter of each number; for each pair that a mistake leads to, why it does not belong together."""
        key = self.key_of(part)

        def only(number: int, letter: str) -> EachCheck:
            check = LettersCheck(right=(letter,))
            return EachCheck(checks=tuple(check if other == number else None for other, _ in key.numbered))

        right = EachCheck(checks=tuple(LettersCheck(right=(entry.letter,)) for entry in key.left))
        return SelfCheck(
            check=right, hints=tuple((only(wrong.number, wrong.letter), wrong.because) for wrong in key.wrong)
        )

    def key_response(self, part: Part) -> str:
        """Such as "1C 2A 3B"."""
        return self.key_of(part).response

    def grade(self, part: Part, response: str, settings: Settings) -> Verdict:
        """The share of the numbers that have the right letter; of each wrong pair what belongs together, and why."""
        del settings
        return grade_matching(self.key_of(part), response)


def _lefts(spec: MatchingSpec) -> list[str]:
    """The different left entries, in the order in which they are written."""
    return list(dict.fromkeys(pair.left.strip() for pair in spec.pairs))


def _rights(spec: MatchingSpec) -> list[str]:
    """The different right entries, in the order in which they are written."""
    return list(dict.fromkeys(text.strip() for text in (*(pair.right for pair in spec.pairs), *spec.extra)))


def _matched(text: str, spec: MatchingSpec, values: Values, letters: Mapping[str, str]) -> LeftEntry:
    """A left entry with its one partner.  Raises: Rejected if it has none or several, or if rounding decides."""
    holding = [pair for pair in spec.pairs if pair.left.strip() == text and offers.decide(pair.when, values)]
    if len(holding) != 1:
        raise Rejected(f"{len(holding)} pairs hold for {text!r}")
    return LeftEntry(text=text, letter=letters[holding[0].right.strip()], because=holding[0].because)


def _wrong_pairs(
    spec: MatchingSpec, values: Values, left: Sequence[LeftEntry], letters: Mapping[str, str]
) -> Iterator[WrongPair]:
    """The pairs that mistakes lead to, but for those that hold."""
    numbers = {entry.text: number for number, entry in enumerate(left, start=1)}
    for wrong in spec.wrong:
        number, letter = numbers[wrong.left.strip()], letters[wrong.right.strip()]
        if left[number - 1].letter != letter and offers.decide(wrong.when, values):
            yield WrongPair(number=number, letter=letter, misconception=wrong.misconception, because=wrong.because)


def _why(entry: LeftEntry, fill: Fill) -> Prose | str:
    return fill(entry.because) if entry.because.strip() else "–"
