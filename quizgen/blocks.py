"""What a page can be made of: item types and documents build these, renderers draw them, and neither knows the other.

Words that an author wrote are `Prose`: a `Pattern` that was parsed once for a template, and the numbers of one variant
that fill its slots. A slot is one private-use character in the pattern, so the numbers stay numbers until a renderer
spells them for its format and their place (base of a power, operand, divisor, ...). Fixed words are plain strings.
"""

from collections.abc import Mapping
from typing import Literal

from quizgen.checks import Check
from quizgen.inputs import Input, Inputs
from quizgen.numbers.printing import Number
from quizgen.numbers.spelling import Context
from quizgen.values import immutable
from quizgen.words import Said

# -- inside a line -----------------------------------------------------------------------------------------------------


@immutable(kw_only=False)
class Words:
    """Plain words; may hold slot characters."""

    text: str


@immutable(kw_only=False)
class Styled:
    """Words that stand out."""

    style: Literal["strong", "emphasis", "code"]
    inlines: tuple["Inline", ...]


@immutable(kw_only=False)
class Link:
    """Words that lead to an address."""

    href: str
    inlines: tuple["Inline", ...]


@immutable(kw_only=False)
class LineBreak:
    """The author's own end of a line."""


@immutable(kw_only=False)
class MathsNode:
    """One element of a presentation MathML tree, without its namespace."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple["MathsNode", ...] = ()
    text: str = ""


@immutable(kw_only=False)
class Maths:
    """A formula, as the LaTeX that was written and as its MathML tree; both hold the same slot characters."""

    latex: str
    tree: MathsNode


Inline = Words | Styled | Link | LineBreak | Maths

# -- paragraphs of an author's text ------------------------------------------------------------------------------------


@immutable(kw_only=False)
class Paragraph:
    """Words that belong together."""

    inlines: tuple[Inline, ...]


@immutable(kw_only=False)
class DisplayMaths:
    """A formula on a line of its own."""

    maths: Maths


@immutable(kw_only=False)
class ListBlock:
    """A list; each entry is a run of paragraphs."""

    ordered: bool
    entries: tuple[tuple["TextBlock", ...], ...]


@immutable(kw_only=False)
class TableBlock:
    """A table with one header row."""

    header: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    align: tuple[Literal["left", "right", "centre"], ...]


@immutable(kw_only=False)
class CodeBlock:
    """Text kept as it is, in a fixed-width face."""

    text: str


TextBlock = Paragraph | DisplayMaths | ListBlock | TableBlock | CodeBlock


@immutable(kw_only=False)
class Slot:
    """Where a number goes: the slot's character, the number's name, and what its surroundings ask of its spelling."""

    character: str
    name: str
    context: Context


@immutable(kw_only=False, eq=False)
class Pattern:
    """An author's text, parsed once; shared by all variants, so renderers may remember what they made of it."""

    blocks: tuple[TextBlock, ...]
    slots: tuple[Slot, ...] = ()


@immutable(kw_only=False)
class Fixed:
    """Fixed words in which authors' texts may stand, and the truths that choose the branches of those."""

    words: Said
    truths: Mapping[str, bool]


@immutable(kw_only=False)
class Prose:
    """An author's text with the numbers of one variant; or ``fixed`` words that were read like one."""

    pattern: Pattern
    numbers: Mapping[str, Number]
    fixed: Fixed | None = None


# -- what a page is built of ------------------------------------------------------------------------------------------


@immutable
class Heading:
    """A heading inside a page; level 2 is the highest, as 1 is the page's title."""

    level: int
    text: str


@immutable
class Sentence:
    """Fixed words of a page, as one paragraph."""

    text: str
    strong: bool = False


@immutable
class Facts:
    """Names with what they are: form and seed at the foot, name and student number at the head."""

    rows: tuple[tuple[str, "str | Prose"], ...]


@immutable
class Fields:
    """Empty boxes for a person to fill in, with their labels and relative widths."""

    fields: tuple[tuple[str, float], ...]


@immutable
class Grid:
    """A table of a page's own: a score table, a class list. Cells are plain words or prose.

    ``inputs``: what the empty cells are on a screen, in reading order.
    """

    header: tuple[str, ...]
    rows: tuple[tuple["str | Prose", ...], ...]
    align: tuple[Literal["left", "right", "centre"], ...]
    caption: str = ""
    inputs: tuple[Input, ...] = ()


@immutable
class AnswerBox:
    """Room for working, and a box for one final answer with the unit printed after it."""

    working_mm: float = 0.0
    label: str = ""
    unit: str = ""
    width_mm: float = 35.0


@immutable
class WritingLines:
    """Lines to write an open answer on."""

    lines: int


@immutable
class Option:
    """One choice offered: its letter, its text, and in model answers whether it is right and why."""

    letter: str
    text: Prose
    mark: Literal["", "right", "wrong"] = ""
    because: Prose | None = None


@immutable
class Options:
    """Choices to tick; ``several`` says that more than one may be right, ``input`` how they are ticked on a screen."""

    options: tuple[Option, ...]
    several: bool = False
    input: Input | None = None


@immutable
class Figure:
    """A drawing as SVG, with its title, and a description that replaces it for those who cannot see it.

    ``data``: the numbers that it was drawn from, to be read instead of it; where a page is to be looked at, behind it.
    """

    name: str
    svg: str
    title: str
    description: str
    data: Grid | None = None


@immutable
class Notice:
    """Blocks set apart under a title: a model answer, a common mistake, feedback, a warning."""

    kind: Literal["answer", "mistake", "feedback", "rubric", "note", "warning"]
    title: str
    blocks: tuple["Block", ...]


@immutable
class Card:
    """A card to learn from: its number and its topic on both sides, a question in front, the answer on the back."""

    number: int
    topic: str
    front: tuple["Block", ...]
    back: tuple["Block", ...]


@immutable
class Cards:
    """Cards to cut out.

    On paper they stand ``across`` by ``down`` on a page, with lines to cut along: a page of fronts in reading order,
    then a page of their backs, its columns from right to left, so that each back lies behind its front when the sheet
    is printed on both sides and turned over its long edge; then the next page of fronts. A page of backs follows each
    page of fronts, the last ones included, where cells stay blank. Where nothing is cut, each card's answer follows it.
    """

    cards: tuple[Card, ...]
    across: int = 2
    down: int = 4


@immutable
class Question:
    """A numbered question (or, with a letter in its label, a part of one) with its points and what it consists of.

    ``inputs``: where it is answered on a screen; those that ``blocks`` hold are among them.
    """

    label: str
    title: str = ""
    points: float | None = None
    blocks: tuple["Block", ...]
    is_part: bool = False
    inputs: Inputs | None = None
    practice: "Practice | None" = None


@immutable
class Practice:
    """What a page for practice knows of an answer: its check, what to say of known mistakes, and the model answer."""

    check: Check
    hints: tuple[tuple[Check, Prose], ...]
    answer: tuple["Block", ...]


Block = (
    Prose
    | Heading
    | Sentence
    | Facts
    | Fields
    | Grid
    | AnswerBox
    | WritingLines
    | Options
    | Figure
    | Notice
    | Cards
    | Question
)


@immutable
class Document:
    """One page to hand out or keep: what it says, whatever the format.

    ``masthead`` stands above the title: who holds the exam, for which course, when.
    ``entry``: the form whose answers can be entered on the page, where it is one for a screen too.
    """

    kind: str
    title: str
    subtitle: str
    blocks: tuple[Block, ...]
    footer: tuple[str, ...] = ()
    masthead: tuple[str, ...] = ()
    language: str = "en"
    entry: "Entry | None" = None


@immutable
class Entry:
    """Which form the answers on a page belong to, how its numbers are written, and whether the page can check them."""

    form: str
    decimal_comma: bool = False
    thousands: str = ""
    for_practice: bool = False
