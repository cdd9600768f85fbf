"""What an item type is: one file that says how a kind of part is written, made, shown, checked and graded.

``Spec`` is what an author writes in YAML: a frozen dataclass of plain values whose attribute docstrings become the
editor's help. ``Key`` is what counts as right in one variant: a frozen dataclass of plain values, stored in form.json.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Generic, Literal, NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from quizgen.blocks import Block, Prose
from quizgen.checks import SelfCheck
from quizgen.inputs import Input, Inputs
from quizgen.items.item import Misconception, Part
from quizgen.numbers.printing import Number, Precision
from quizgen.values import immutable

# What becomes of a response; "void" where the part was taken out of the exam, which no item type says.
Status = Literal["right", "partial", "wrong", "unreadable", "not-answered", "needs-review", "void"]

# Turns an item's text with marks into prose with the item's numbers.
Fill = Callable[[str], Prose]


class Verdict(NamedTuple):
    """What became of one response.

    ``fraction`` of the points is earned; ``read_as`` echoes how the response was understood; ``number`` is the number
    read, for diagnosis and for parts that follow; ``feedback`` is said to the student.
    """

    status: Status
    fraction: float = 0.0
    read_as: str = ""
    number: float | None = None
    diagnosis: str | None = None
    feedback: str = ""


@immutable
class Settings:
    """How responses to a whole form are read."""

    decimal_comma: bool = False
    thousands: str = ""  # a mark of `quizgen.numbers.reading.THOUSANDS`


class Varying(NamedTuple):
    """A key as pages show it: numbers as printed, texts of the template, and what else its look depends on.

    What every variant takes from the template is left out: it is in the look of the template.
    """

    numbers: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    look: Hashable = None


class Values(Protocol):
    """The values of one variant that a type may read while it makes its key: by expression, or by name."""

    def key(self, expression: str) -> float:
        """The value as it follows from what is printed."""
        ...

    def printed(self, expression: str, precision: Precision) -> str:
        """`key` as it is printed to ``precision``; "inf" or "nan" where it cannot be."""
        ...

    def raw(self, expression: str) -> float:
        """The value with nothing rounded."""
        ...

    def hand(self, expression: str) -> float:
        """The value when every printed number, worked steps included, is rounded as printed."""
        ...

    def precision(self, expression: str) -> Precision | None:
        """How the page prints this expression, where it is a name with a printed precision."""
        ...

    def words(self, text: str) -> str:
        """What a text of the template says in this variant, in plain words: as a reader would read it aloud."""
        ...

    def order(self, purpose: str, count: int) -> Sequence[int]:
        """A shuffle of ``range(count)`` of this variant's own."""
        ...

    @property
    def quiz_numbers(self) -> Mapping[str, Number]:
        """The numbers that the student's page prints, by name."""
        ...


class Columns(Protocol):
    """The values of all variants of a batch, (V,) each: by expression, or by name."""

    def key(self, expression: str) -> NDArray[np.float64]:
        """The value as it follows from what is printed."""
        ...

    def raw(self, expression: str) -> NDArray[np.float64]:
        """The value with nothing rounded."""
        ...

    def hand(self, expression: str) -> NDArray[np.float64]:
        """The value when every printed number, worked steps included, is rounded as printed."""
        ...

    def precision(self, expression: str) -> Precision | None:
        """How the page prints this expression, where it is a name with a printed precision."""
        ...

    @property
    def quiz_numbers(self) -> Mapping[str, NDArray[np.float64]]:
        """The numbers that the student's page prints, by name."""
        ...


Path = tuple[str | int, ...]
S = TypeVar("S")
K = TypeVar("K")


class ItemType(ABC, Generic[S, K]):
    """One kind of part, with the author's ``spec: S`` and the variant's ``key: K``. Stateless.

    Listed once in `quizgen.items.ITEM_TYPES`. What a type does not need, it need not write: only the abstract methods
    must be there.
    """

    name: str
    spec: type[S]
    key: type[K]

    # -- what the author wrote ---------------------------------------------------------------------------------------

    def expressions(self, spec: S) -> Iterator[tuple[Path, str]]:
        """The expressions in ``spec``, each with the path to it, for checking and evaluation."""
        del spec
        yield from ()

    def derived(self, spec: S) -> Iterator[tuple[Path, str]]:
        """Those of the expressions that a student must be able to work out from the page."""
        del spec
        yield from ()

    def texts(self, spec: S) -> Iterator[tuple[Path, str]]:
        """The texts in ``spec``, each with the path to it, for checking."""
        del spec
        yield from ()

    def mistakes(self, spec: S) -> Iterator[tuple[Path, str]]:
        """The ids of the misconceptions that ``spec`` itself refers to, each with the path to it."""
        del spec
        yield from ()

    def check(self, spec: S, points: float) -> Iterator[tuple[Path, str]]:
        """What is wrong with ``spec`` whatever the numbers, each fault with the path to it."""
        del spec, points
        yield from ()

    def number(self, spec: S) -> str | None:
        """The expression of the one number that answers the part: what misconceptions and later parts refer to."""
        del spec
        return None

    # -- one variant -------------------------------------------------------------------------------------------------

    @abstractmethod
    def make(self, spec: S, values: Values, misconceptions: Sequence[Misconception]) -> K:
        """The key of one variant.  Raises: Rejected where the variant cannot be asked."""

    def faults(self, spec: S, key: K, values: Values, misconceptions: Sequence[Misconception]) -> Iterator[str]:
        """The rules of the certificate that this variant breaks, each as a short name with numbers."""
        del spec, key, values, misconceptions
        yield from ()

    def certain(self, spec: S, columns: Columns, misconceptions: Sequence[str]) -> NDArray[np.bool_] | None:
        """Variants of which one can tell from all at once that `faults` finds nothing: (V,); None for no such way.

        ``misconceptions`` are the expressions of their wrong values.
        """
        del spec, columns, misconceptions
        return None

    def value(self, key: K) -> float | None:
        """The one number that counts as right, where there is one (see `number`)."""
        del key
        return None

    def with_number(self, key: K, value: float) -> K:
        """The key of someone whose earlier mistake leads to ``value``; only types with a `number` are asked."""
        raise NotImplementedError(f"{self.name} parts follow no other")

    def with_response(self, key: K, response: str) -> K | None:
        """The key under which ``response``, written as a student would, is what counts as right; None where it cannot.

        For keys that turn out to be wrong after an exam.
        """
        del key, response
        return None

    def right_place(self, key: K) -> tuple[int, int] | None:
        """Where the one right option stands (from 0), and among how many; None where parts have no such thing."""
        del key
        return None

    def varying(self, key: K) -> Varying | None:
        """What tells the pages of one key from those of another; None where that is not known."""
        del key
        return None

    def with_varying(self, key: K, varying: Varying) -> K:
        """The key with other numbers and texts in their places, of the same look."""
        del varying
        return key

    # -- pages and responses -----------------------------------------------------------------------------------------

    @abstractmethod
    def quiz_blocks(self, part: Part, fill: Fill) -> tuple[Block, ...]:
        """What stands under the part's question on the student's page; never anything from which the key follows."""

    @abstractmethod
    def answer_blocks(self, part: Part, fill: Fill) -> tuple[Block, ...]:
        """What model answers show: the key with its tolerance, and the common mistakes with their wrong numbers."""

    @abstractmethod
    def how_to_answer(self, part: Part) -> str:
        """One line for the response file: what to write."""

    def inputs(self, part: Part) -> Inputs:
        """Where the part is answered on a screen; like `quiz_blocks`, never anything from which the key follows."""
        return Inputs(inputs=(Input(kind="words", how=self.how_to_answer(part)),))

    def self_check(self, part: Part) -> SelfCheck:
        """How a page for practice checks what is put into `inputs`; as it is, that page leaves the part to a person."""
        del part
        return SelfCheck()

    @abstractmethod
    def key_response(self, part: Part) -> str:
        """The key, written as a student would; "" for what a person must grade."""

    def key_words(self, part: Part) -> str:
        """The key as pages say it: the words in it are fixed words, which another language says otherwise."""
        return self.key_response(part)

    @abstractmethod
    def grade(self, part: Part, response: str, settings: Settings) -> Verdict:
        """Read and grade one response that is not blank, and explain a wrong one where a known mistake leads to it."""

    def key_of(self, part: Part) -> K:
        """The key of a part of this type."""
        assert isinstance(part.key, self.key)  # noqa: S101  (part.type said so)
        return part.key


class Rejected(Exception):
    """A variant that cannot be asked; its text names the rule that it breaks."""
