"""What an item type is: one file that says how a kind of part is written, made, shown, checked and graded.

``Spec`` is what an author writes in YAML: a frozen dataclass of plain values whose attribute docstrings become the
editor's help. ``Key`` is what counts as right in one variant: a frozen dataclass of plain values, stored in form.json.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from quizgen.blocks import Block, Prose
from quizgen.items.item import Misconception, Part
from quizgen.numbers.printing import Number, Precision

Status = Literal["right", "partial", "wrong", "unreadable", "not-answered", "needs-review"]

# Turns an item's text with marks into prose with the item's numbers.
Fill = Callable[[str], Prose]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How responses to a whole form are read."""

    decimal_comma: bool = False


class Values(Protocol):
    """The values of one variant that a type may read while it makes its key: by expression, or by name."""

    def key(self, expression: str) -> float:
        """The value as it follows from what is printed."""
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


class ItemType(Protocol):
    """One kind of part. Stateless; listed once in `quizgen.items.ITEM_TYPES`."""

    name: str
    spec: type[Any]
    key: type[Any]

    def expressions(self, spec: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """The expressions in ``spec``, each with the path to it, for checking and evaluation."""
        ...

    def derived(self, spec: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Those of the expressions that a student must be able to work out from the page."""
        ...

    def texts(self, spec: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """The texts in ``spec``, each with the path to it, for checking."""
        ...

    def check(self, spec: Any, points: float) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """What is wrong with ``spec`` whatever the numbers, each fault with the path to it."""
        ...

    def make(self, spec: Any, values: Values, misconceptions: Sequence[Misconception]) -> Any:
        """The key of one variant.  Raises: Rejected where the variant cannot be asked."""
        ...

    def faults(self, spec: Any, key: Any, values: Values, misconceptions: Sequence[Misconception]) -> Iterator[str]:
        """The rules of the certificate that this variant breaks, each as a short name with numbers."""
        ...

    def quiz_blocks(self, part: Part, fill: Fill) -> tuple[Block, ...]:
        """What stands under the part's question on the student's page; never anything from which the key follows."""
        ...

    def answer_blocks(self, part: Part, fill: Fill) -> tuple[Block, ...]:
        """What model answers show: the key with its tolerance, and the common mistakes with their wrong numbers."""
        ...

    def how_to_answer(self, part: Part) -> str:
        """One line for the response file: what to write."""
        ...

    def key_response(self, part: Part) -> str:
        """The key, written as a student would; "" for what a person must grade."""
        ...

    def grade(self, part: Part, response: str, settings: Settings) -> Verdict:
        """Read and grade one response that is not blank, and explain a wrong one where a known mistake leads to it."""
        ...


class Rejected(Exception):
    """A variant that cannot be asked; its text names the rule that it breaks."""
