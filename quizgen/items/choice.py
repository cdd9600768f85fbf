"""Options to choose from, one or several of them right; a simulation may decide which."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from quizgen.blocks import Block, Sentence
from quizgen.checks import HasLetterCheck, LeavesOutCheck, LettersCheck, SelfCheck
from quizgen.inputs import Input, Inputs
from quizgen.items import offers
from quizgen.items.choice_rules import CHOICE_RULES, guessing_fault, read_letters
from quizgen.items.contract import Fill, ItemType, Path, Rejected, Settings, Values, Varying, Verdict
from quizgen.items.item import Misconception, Part
from quizgen.items.offers import KeyOption, OptionSpec
from quizgen.numbers.reading import Unreadable
from quizgen.values import immutable
from quizgen.words import joined, say


@immutable
class ChoiceSpec:
    """A part that is answered by ticking options."""

    options: tuple[OptionSpec, ...]
    """What is offered; right ones and distractors."""
    several: bool = False
    """Whether more than one option may be right; the page says so."""
    show: int | None = None
    """How many options to show, if there are more; the right ones are always among them."""
    order: Literal["value", "shuffle", "as-written"] | None = None
    """By value where all options are numbers, else shuffled, unless this says otherwise."""
    score: str = "balanced"
    """How several ticks are scored: balanced, all-or-nothing, net-correct, each-option, coverage."""


@immutable
class ChoiceKey:
    """The options of one variant in their order, with the rule that scores them."""

    options: tuple[KeyOption, ...]
    several: bool
    score: str


class Choice(ItemType[ChoiceSpec, ChoiceKey]):
    """Options to tick."""

    name = "choice"
    spec = ChoiceSpec
    key = ChoiceKey

    def expressions(self, spec: ChoiceSpec) -> Iterator[tuple[Path, str]]:
        """The conditions of the options, and the names of the numbers that they show."""
        for place, source in offers.expressions(spec.options):
            yield ("options", *place), source

    def derived(self, spec: ChoiceSpec) -> Iterator[tuple[Path, str]]:
        """The numbers that right options consist of."""
        for place, source in offers.derived(spec.options):
            yield ("options", *place), source

    def texts(self, spec: ChoiceSpec) -> Iterator[tuple[Path, str]]:
        """What the options say, and why they are right or wrong."""
        for place, source in offers.texts(spec.options):
            yield ("options", *place), source

    def mistakes(self, spec: ChoiceSpec) -> Iterator[tuple[Path, str]]:
        """The mistakes that lead to the options."""
        for place, name in offers.mistakes(spec.options):
            yield ("options", *place), name

    def check(self, spec: ChoiceSpec, points: float) -> Iterator[tuple[Path, str]]:
        """A known rule, and as many options as there are letters at the most."""
        del points
        if spec.score not in CHOICE_RULES:
            yield ("score",), f"no rule named {spec.score!r}; known: {', '.join(CHOICE_RULES)}"
        for fault in offers.check(spec.options, spec.show):
            yield ("options",), fault

    def make(self, spec: ChoiceSpec, values: Values, misconceptions: Sequence[Misconception]) -> ChoiceKey:
        """The options of one variant.  Raises: Rejected if none, or too many, of them are right."""
        del misconceptions
        options = offers.offer(spec.options, values, show=spec.show, order=spec.order, purpose="options")
        right = sum(option.right for option in options)
        if right == 0 or (right > 1 and not spec.several):
            raise Rejected(f"{right} options are right")
        return ChoiceKey(options=options, several=spec.several, score=spec.score)

    def faults(
        self, spec: ChoiceSpec, key: ChoiceKey, values: Values, misconceptions: Sequence[Misconception]
    ) -> Iterator[str]:
        """Ticking everything, or the key, must earn what the rule promises."""
        del spec, values, misconceptions
        offered = frozenset(option.letter for option in key.options)
        rule = CHOICE_RULES[key.score]
        right = _right(key.options)
        if rule(right, right, offered) != 1:
            yield "the key does not earn full points"
        if key.several and (fault := guessing_fault(key.score, right, offered)):
            yield fault

    def with_response(self, key: ChoiceKey, response: str) -> ChoiceKey | None:
        """The key whose right options are the letters that are written."""
        letters = read_letters(response, frozenset(option.letter for option in key.options))
        if isinstance(letters, Unreadable) or (len(letters) > 1 and not key.several):
            return None
        return replace(key, options=offers.with_right(key.options, letters))

    def right_place(self, key: ChoiceKey) -> tuple[int, int] | None:
        """Where the right option stands, if there is one only."""
        return None if key.several else offers.right_place(key.options)

    def varying(self, key: ChoiceKey) -> Varying:
        """What the options say."""
        return Varying(texts=offers.said(key.options), look=offers.look(key.options))

    def with_varying(self, key: ChoiceKey, varying: Varying) -> ChoiceKey:
        """The options with other texts."""
        return replace(key, options=offers.with_said(key.options, varying.texts))

    def quiz_blocks(self, part: Part, fill: Fill) -> tuple[Block, ...]:
        """The options, after a line that says how many may be right."""
        key = self.key_of(part)
        request = say("asks.tick_several") if key.several else say("asks.tick_one")
        return Sentence(text=request), offers.to_blocks(key.options, fill, several=key.several)

    def answer_blocks(self, part: Part, fill: Fill) -> tuple[Block, ...]:
        """The right letters, then every option with the reason."""
        key = self.key_of(part)
        marked = offers.to_marked_blocks(key.options, fill, several=key.several)
        return offers.answer_sentence(key.options), marked

    def how_to_answer(self, part: Part) -> str:
        """One letter, or several."""
        key = self.key_of(part)
        name = "how.letters" if key.several else "how.letter"
        return say(name, first=key.options[0].letter, last=key.options[-1].letter)

    def inputs(self, part: Part) -> Inputs:
        """The options, to tick one or several of them."""
        key = self.key_of(part)
        letters = tuple(option.letter for option in key.options)
        return Inputs(inputs=(Input(kind="ticks", choices=letters, several=key.several),))

    def self_check(self, part: Part) -> SelfCheck:
        """The right letters; for each wrong tick, and each that was left out where several are right, the reason."""
        key = self.key_of(part)
        asked = [option for option in key.options if option.because and (key.several or not option.right)]
        return SelfCheck(
            check=LettersCheck(right=tuple(sorted(_right(key.options)))),
            hints=tuple(
                (LeavesOutCheck(letter=one.letter) if one.right else HasLetterCheck(letter=one.letter), one.because)
                for one in asked
            ),
        )

    def key_response(self, part: Part) -> str:
        """The right letters."""
        return offers.right_letters(self.key_of(part).options)

    def grade(self, part: Part, response: str, settings: Settings) -> Verdict:
        """Score the ticked letters by the part's rule; say of each option that went wrong why it is right or not."""
        del settings
        key = self.key_of(part)
        offered = frozenset(option.letter for option in key.options)
        ticked = read_letters(response, offered)
        if isinstance(ticked, Unreadable):
            return Verdict(status="unreadable", feedback=ticked.told)
        read_as = ", ".join(sorted(ticked))
        if not key.several and len(ticked) > 1:
            return Verdict(status="unreadable", read_as=read_as, feedback=say("told.only_one_letter", letters=read_as))
        fraction = CHOICE_RULES[key.score](ticked, _right(key.options), offered)
        missteps = [option for option in key.options if option.letter in ticked and not option.right]
        return Verdict(
            status="right" if fraction == 1 else "partial" if fraction > 0 else "wrong",
            fraction=fraction,
            read_as=read_as,
            diagnosis=next((option.misconception for option in missteps if option.misconception), None),
            feedback=joined("list.paragraphs", _remarks(key, ticked)),
        )


def _remarks(key: ChoiceKey, ticked: frozenset[str]) -> Iterator[str]:
    """For each wrong tick why it is wrong; then, where several are right, which of those were left out, and why."""
    for option in key.options:
        if option.letter in ticked and not option.right:
            yield _remark(option, "told.ticked", "told.ticked_because")
    for option in key.options:
        if key.several and option.right and option.letter not in ticked:
            yield _remark(option, "told.not_ticked", "told.not_ticked_because")


def _remark(option: KeyOption, fact: str, fact_because: str) -> str:
    because = option.because.strip()
    return say(fact_because, letter=option.letter, because=because) if because else say(fact, letter=option.letter)


def _right(options: Sequence[KeyOption]) -> frozenset[str]:
    return frozenset(option.letter for option in options if option.right)
