"""What in an open answer speaks for or against each line of its rubric; it helps the person who gives the points.

Phrases are found inside one sentence, as whole words in any case, singular or plural; a word of a phrase that ends in
``*`` stands for every ending: ``multipl*`` is found in "multiplied".
"""

import re
from collections.abc import Sequence
from typing import Final, Literal

from quizgen.items.open import Criterion, OpenKey
from quizgen.values import immutable

Finding = Literal[
    "evidence found",
    "part of the evidence found",
    "contradiction found",
    "nothing found",
    "no automatic search",  # the criterion names no evidence: a person reads for it
]

_SENTENCE_END: Final = re.compile(r"(?<=[.!?;])\s+|\n\s*\n|\n(?=\s*[-*•])")
_WANTED: Final = re.compile(r"\w+(?:[.,]\d+|\*)?|[<>=≤≥≪≫≈∏∑√∞→]")
_WORD: Final = re.compile(r"\w+(?:[.,]\d+)?|[<>=≤≥≪≫≈∏∑√∞→]")


@immutable
class Evidence:
    """What was found for one criterion: the sentences for it, those against it, and the phrases still missing.

    ``missing`` holds the groups of which no phrase was found; any phrase of a group would have done.
    """

    criterion: Criterion
    finding: Finding
    sentences: tuple[str, ...]
    against: tuple[str, ...]
    missing: tuple[tuple[str, ...], ...]


def find_evidence(key: OpenKey, response: str) -> tuple[Evidence, ...]:
    """Look through ``response`` for every criterion of ``key``, in its order."""
    sentences = split_sentences(response)
    return tuple(_for_criterion(criterion, sentences) for criterion in key.criteria)


def split_sentences(text: str) -> tuple[str, ...]:
    """The sentences of ``text``, each on one line; entries of a list are sentences of their own."""
    pieces = (" ".join(piece.split()) for piece in _SENTENCE_END.split(text))
    return tuple(piece for piece in pieces if piece)


def says(sentence: str, phrase: str) -> bool:
    """Whether the words of ``phrase`` stand side by side in ``sentence``, singular or plural.

    >>> says("Its factors are multiplied.", "factor is multipl*"), says("Many factors multiply.", "factor multipl*")
    (False, True)
    """
    wanted, written = _WANTED.findall(phrase.casefold()), _WORD.findall(sentence.casefold())
    starts = range(len(written) - len(wanted) + 1) if wanted else ()
    return any(all(map(_fits, wanted, written[start:])) for start in starts)


def _for_criterion(criterion: Criterion, sentences: Sequence[str]) -> Evidence:
    found = [[sentence for sentence in sentences if _says_any(sentence, group)] for group in criterion.evidence]
    against = tuple(sentence for sentence in sentences if _says_any(sentence, criterion.contradicted_by))
    missing = tuple(group for group, where in zip(criterion.evidence, found, strict=True) if not where)
    support = {sentence for where in found for sentence in where}
    finding: Finding = "nothing found" if criterion.evidence else "no automatic search"
    if against:
        finding = "contradiction found"
    elif support:
        finding = "part of the evidence found" if missing else "evidence found"
    return Evidence(
        criterion=criterion,
        finding=finding,
        sentences=tuple(sentence for sentence in sentences if sentence in support),
        against=against,
        missing=missing,
    )


def _says_any(sentence: str, phrases: Sequence[str]) -> bool:
    return any(says(sentence, phrase) for phrase in phrases)


def _fits(wanted: str, written: str) -> bool:
    if wanted.endswith("*"):
        return written.startswith(wanted[:-1])
    return bool(_forms(wanted) & _forms(written))


def _forms(word: str) -> frozenset[str]:
    """The word, and what it may be the plural of (or, for a verb, the third person)."""
    forms = {word}
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        forms.add(word[:-1])
        if word.endswith("es"):
            forms.add(word[:-2])
        if word.endswith("ies"):
            forms.add(f"{word[:-3]}y")
    return frozenset(forms)
