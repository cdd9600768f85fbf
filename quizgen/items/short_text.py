"""A word or a short phrase to write, compared as a kind reader does (see `quizgen.items.phrases`).

An answer is wrong only where it is known to be: nobody can list every right phrase, so what is neither accepted nor a
known wrong answer goes to a person, unless the author declares the list closed. A small misspelling of an accepted
phrase is right, with a remark, unless the misspelt word is nearer to a wrong answer, which then is what it counts as;
what is as near to one as to the other goes to a person too.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from quizgen.blocks import AnswerBox, Block, Sentence
from quizgen.checks import PhraseCheck, SelfCheck
from quizgen.items.contract import Fill, ItemType, Path, Rejected, Settings, Values, Varying, Verdict
from quizgen.items.item import Misconception, Part
from quizgen.items.mistakes import Mistake, notice, told
from quizgen.items.phrases import has_stray_star, is_literal, least_slips, slips, words
from quizgen.numbers.reading import Unreadable
from quizgen.values import immutable
from quizgen.words import say

MAX_LENGTH: Final = 200  # characters: what is longer is no short text, and a person reads it
_FOR_A_PERSON: Final = say("told.for_a_person")
_NO_WORD: Final = Unreadable(reason=say("unread.no_word"), offset=0, hint=say("write.word"))


@immutable
class WrongTextSpec:
    """An answer that a mistake leads to."""

    text: str
    """The wrong answer; `a | b` where both are."""
    misconception: str
    """The id of the mistake in misconceptions.yaml."""
    because: str = ""
    """What went wrong and what to say instead; a text."""


@immutable
class ShortTextSpec:
    """A part that is answered with a word or a short phrase."""

    accept: tuple[str, ...]
    """What is right: `a | b` where both are, `vanish*` for any ending; the first is the model answer. Case, spaces,
    hyphens, plurals, British or American spelling and small slips make no difference. `<% if name %>` lets a condition
    decide."""
    wrong: tuple[WrongTextSpec, ...] = ()
    """Wrong answers that mistakes lead to."""
    reject: tuple[str, ...] = ()
    """Other wrong answers, written like those that are accepted."""
    closed: bool = False
    """Whether every other answer is wrong; if not, a person looks at it."""


@immutable
class WrongText:
    """Phrases that a mistake leads to."""

    phrases: tuple[str, ...]
    misconception: str
    because: str


@immutable
class ShortTextKey:
    """The phrases of one variant."""

    accept: tuple[str, ...]
    wrong: tuple[WrongText, ...]
    reject: tuple[str, ...]
    closed: bool

    @property
    def answer(self) -> str:
        """The phrase that model answers show."""
        return _shown(self.accept)

    @property
    def all_wrong(self) -> tuple[str, ...]:
        """Every phrase that is known to be wrong."""
        return (*self.reject, *(phrase for wrong in self.wrong for phrase in wrong.phrases))


class ShortText(ItemType[ShortTextSpec, ShortTextKey]):
    """A word or a short phrase."""

    name = "short_text"
    spec = ShortTextSpec
    key = ShortTextKey

    def texts(self, spec: ShortTextSpec) -> Iterator[tuple[Path, str]]:
        """The phrases, which conditions may choose, and what is said of wrong ones."""
        for index, text in enumerate(spec.accept):
            yield ("accept", index), text
        for index, text in enumerate(spec.reject):
            yield ("reject", index), text
        for index, wrong in enumerate(spec.wrong):
            yield ("wrong", index, "text"), wrong.text
            yield ("wrong", index, "because"), wrong.because

    def mistakes(self, spec: ShortTextSpec) -> Iterator[tuple[Path, str]]:
        """The mistakes that lead to wrong answers."""
        for index, wrong in enumerate(spec.wrong):
            yield ("wrong", index, "misconception"), wrong.misconception

    def check(self, spec: ShortTextSpec, points: float) -> Iterator[tuple[Path, str]]:
        """Something that can be written, and stars where they mean something."""
        del points
        if not any(is_literal(phrase) and words(phrase) for text in spec.accept for phrase in text.split("|")):
            yield ("accept",), "nothing that can be written as it stands; add a phrase without *"
        for place, text in self.texts(spec):
            if place[-1] != "because" and has_stray_star(text):
                yield place, f"{text!r}: a star stands at the end of a word: vanish*"

    def make(self, spec: ShortTextSpec, values: Values, misconceptions: Sequence[Misconception]) -> ShortTextKey:
        """The phrases of one variant.  Raises: Rejected where none that is right can be written."""
        del misconceptions
        accept = tuple(phrase for text in spec.accept for phrase in _phrases(text, values))
        if not any(is_literal(phrase) for phrase in accept):
            raise Rejected("no phrase is accepted")
        return ShortTextKey(
            accept=accept,
            wrong=tuple(
                WrongText(phrases=phrases, misconception=wrong.misconception, because=wrong.because)
                for wrong in spec.wrong
                if (phrases := _phrases(wrong.text, values))
            ),
            reject=tuple(phrase for text in spec.reject for phrase in _phrases(text, values)),
            closed=spec.closed,
        )

    def faults(
        self, spec: ShortTextSpec, key: ShortTextKey, values: Values, misconceptions: Sequence[Misconception]
    ) -> Iterator[str]:
        """No phrase is both right and wrong."""
        del spec, values, misconceptions
        for phrase in filter(is_literal, key.all_wrong):
            if least_slips(phrase, key.accept) == 0:
                yield f"the wrong answer {phrase!r} reads as right"
        for phrase in filter(is_literal, key.accept):
            if least_slips(phrase, key.all_wrong) == 0:
                yield f"the right answer {phrase!r} reads as wrong"

    def varying(self, key: ShortTextKey) -> Varying:
        """Nothing: keys that look alike are equal."""
        return Varying(look=key)

    def quiz_blocks(self, part: Part, fill: Fill) -> tuple[Block, ...]:
        """A box for a few words."""
        del fill
        return (AnswerBox(label=part.label, width_mm=80),)

    def answer_blocks(self, part: Part, fill: Fill) -> tuple[Block, ...]:
        """The answer, what else is accepted, then the wrong answers that mistakes lead to."""
        key = self.key_of(part)
        others = [phrase.replace("*", "…") for phrase in key.accept if phrase != key.answer]
        return (
            Sentence(text=say("answers.is", answer=key.answer), strong=True),
            *((Sentence(text=say("answers.accepted_too", phrases=", ".join(others))),) if others else ()),
            *(notice(Mistake(wrong.misconception, wrong.because), _shown(wrong.phrases), fill) for wrong in key.wrong),
        )

    def how_to_answer(self, part: Part) -> str:
        """A few words."""
        del part
        return say("how.phrase")

    def self_check(self, part: Part) -> SelfCheck:
        """The phrases that can be written as they stand; a page leaves all others to a person."""
        key = self.key_of(part)
        right, wrong = (tuple(filter(is_literal, phrases)) for phrases in (key.accept, key.all_wrong))
        hints = [(tuple(filter(is_literal, one.phrases)), one.because) for one in key.wrong]
        return SelfCheck(
            check=PhraseCheck(right=right, wrong=wrong),
            hints=tuple((PhraseCheck(right=phrases), because) for phrases, because in hints),
        )

    def key_response(self, part: Part) -> str:
        """The phrase that model answers show."""
        return self.key_of(part).answer

    def grade(self, part: Part, response: str, settings: Settings) -> Verdict:
        """Right or wrong where that is known; a person decides about everything else."""
        del settings
        key = self.key_of(part)
        if len(response) > MAX_LENGTH:
            return Verdict(status="needs-review", feedback=_FOR_A_PERSON)
        read_as = " ".join(response.split())
        if not words(response):
            return Verdict(status="unreadable", feedback=_NO_WORD.told)
        right, wrong = least_slips(response, key.accept), least_slips(response, key.all_wrong)
        if right is not None and (wrong is None or right < wrong):
            remark = say("told.misspelt", phrase=_meant(response, key.accept, right)) if right else ""
            return Verdict(status="right", fraction=1.0, read_as=read_as, feedback=remark)
        if wrong is not None and (right is None or wrong < right):
            diagnosis, feedback = _explained(response, key, wrong)
            return Verdict(status="wrong", read_as=read_as, diagnosis=diagnosis, feedback=feedback)
        if key.closed and right is None:
            return Verdict(status="wrong", read_as=read_as)
        return Verdict(status="needs-review", read_as=read_as, feedback=_FOR_A_PERSON)


def _phrases(text: str, values: Values) -> tuple[str, ...]:
    """The phrases of an author's text in one variant; none where a condition leaves nothing."""
    found = (" ".join(phrase.split()) for phrase in values.words(text).split("|"))
    return tuple(phrase for phrase in found if phrase)


def _shown(phrases: Sequence[str]) -> str:
    """The first phrase that can be written as it is, or what a starred one begins with."""
    return next(filter(is_literal, phrases), phrases[0].replace("*", "…"))


def _meant(response: str, phrases: Sequence[str], least: int) -> str:
    """The accepted phrase that was misspelt."""
    return next(phrase for phrase in phrases if slips(response, phrase) == least).replace("*", "…")


def _explained(response: str, key: ShortTextKey, least: int) -> tuple[str | None, str]:
    """The mistakes that lead to a wrong answer, if any is known to."""
    named = [
        Mistake(wrong.misconception, wrong.because)
        for wrong in key.wrong
        if least_slips(response, wrong.phrases) == least
    ]
    return told(named) if named else (None, "")
