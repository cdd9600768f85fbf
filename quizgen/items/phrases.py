"""Short phrases compared as a kind reader compares them.

Case, spaces, hyphens, plurals, a leading article, and British against American spelling make no difference; a small
misspelling is noticed as such. A word of a phrase that ends in ``*`` stands for every ending.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_WORD: Final = re.compile(r"(?<!\w)-?[0-9]+(?:\.[0-9]+)?|[^\W_]+\*?")
_ARTICLES: Final = frozenset({"the", "a", "an"})
_AS_BRITISH: Final = (
    (re.compile(r"(?<=[iy])z(?=[eia])"), "s"),  # initialization, analyze
    (re.compile(r"(?<=\w\w)our"), "or"),  # behaviour, neighbour
    (re.compile(r"(?<=\w\w\w)ll(?=ed|ing|er)"), "l"),  # modelling
    (re.compile(r"ogue$"), "og"),
    (re.compile(r"centre"), "center"),
    (re.compile(r"^learnt$"), "learned"),
    (re.compile(r"^matrices$"), "matrix"),
)
_ONE_SLIP: Final = 6  # letters of a word in which one letter may be wrong
_TWO_SLIPS: Final = 10


def words(text: str) -> tuple[str, ...]:
    """The words of ``text`` in small letters and one spelling, without a leading article.

    >>> words("The Initializations of weight-matrices")
    ('initialisations', 'of', 'weight', 'matrix')
    """
    plain = unicodedata.normalize("NFKD", text).translate(_SIGNS)
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()
    found = _WORD.findall(plain)
    while len(found) > 1 and found[0] in _ARTICLES:
        del found[0]
    return tuple(_one_spelling(word) for word in found)


def slips(text: str, phrase: str) -> int | None:
    """How many letters of ``text`` are misspelt if it is to say ``phrase``; None where it says something else.

    >>> slips("back propagation", "back-propagation"), slips("Backpropogation", "backpropagation")
    (0, 1)
    >>> slips("bounded", "unbounded") is None
    True
    """
    written, wanted = words(text), words(phrase)
    if not written or not wanted:
        return None
    if is_literal(phrase) and _together(written) == _together(wanted):
        return 0
    if len(written) != len(wanted):
        return None
    found = [_slips_of_word(*pair) for pair in zip(written, wanted, strict=True)]
    return None if None in found else sum(filter(None, found))


def least_slips(text: str, phrases: Iterable[str]) -> int | None:
    """The slips in ``text`` if it is to say one of ``phrases``; None where it says none of them."""
    return min((found for phrase in phrases if (found := slips(text, phrase)) is not None), default=None)


def is_literal(phrase: str) -> bool:
    """Whether ``phrase`` can be written as it is: no word of it stands for every ending."""
    return "*" not in phrase


def has_stray_star(phrase: str) -> bool:
    """Whether a star of ``phrase`` stands elsewhere than at the end of a word."""
    return re.search(r"(?<!\w)\*|\*(?=\w)", phrase) is not None


_SIGNS: Final = str.maketrans({**dict.fromkeys("−–—‐‑", "-"), **dict.fromkeys("'’‘`´", "")})


def _one_spelling(word: str) -> str:
    for pattern, spelling in _AS_BRITISH:
        word = pattern.sub(spelling, word)
    return word


def _singular(word: str) -> str:
    """What a word and its plural share: gate and gates, loss and losses, frequency and frequencies."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "as")):
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


def _together(found: tuple[str, ...]) -> str:
    return "".join(map(_singular, found))


def _slips_of_word(written: str, wanted: str) -> int | None:
    """The wrong letters of one word, of which one is forgiven in six letters, and two in ten."""
    if wanted.endswith("*"):
        return 0 if written.startswith(wanted[:-1]) else None
    one, other = _singular(written), _singular(wanted)
    if one == other:
        return 0
    # A slip rarely hits the first letter, and there it can turn a word round: possible, impossible.
    if one[0] != other[0] or not wanted.isalpha():
        return None
    found = _distance(one, other)
    return found if found <= (len(wanted) >= _ONE_SLIP) + (len(wanted) >= _TWO_SLIPS) else None


def _distance(one: str, other: str) -> int:
    """How many letters are wrong, missing, too many, or swapped with their neighbour (optimal string alignment)."""
    if abs(len(one) - len(other)) > 2:
        return abs(len(one) - len(other))
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, wanted in enumerate(other, start=1):
            row.append(min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != wanted)))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                row[j] = min(row[j], before[j - 2] + 1)
        before, last = last, row
    return last[-1]
