"""Numbers that are not known yet: printed and spelt like any other, each becomes one private-use character.

So a page can be drawn once with stand-ins and filled many times: where a character stands, a `Spelling` says which
number goes there and how its surroundings want it spelt. The characters pass through Markdown and HTML as words do.
"""

from typing import Any, Final, Literal

from quizgen.values import immutable

FIRST: Final = 0xF0000  # the supplementary private-use plane; the slots of texts are in the basic one
Name = tuple[Any, ...]
"""What is stood in for: whatever the one who fills it in can find it by; hashable."""
Way = Literal["unicode", "latex", "mathml", "format"]


@immutable(kw_only=False)
class Spelling:
    """A number by its name, and how it is spelt in one place; for "format" the context is the specification."""

    name: Name
    way: Way
    context: str


class StandIns:
    """Hands out stand-ins, and remembers for each character what it stands for."""

    def __init__(self) -> None:
        self.spellings: dict[Spelling, str] = {}

    def character(self, spelling: Spelling) -> str:
        """The character that stands for a number in such a place; the same for the same."""
        return self.spellings.setdefault(spelling, chr(FIRST + len(self.spellings)))

    def printed(self, name: Name) -> "StandInPrinted":
        """What stands for a printed number."""
        stand_in = StandInPrinted(self.character(Spelling(name, "unicode", "text")))
        stand_in.name, stand_in.all = name, self
        return stand_in

    def value(self, name: Name) -> "StandInValue":
        """What stands for a number that is still to be printed; how it is printed becomes part of its name."""
        stand_in = StandInValue(1.0)
        stand_in.name, stand_in.all = name, self
        return stand_in


class StandInPrinted(str):
    """In the place of a number as it is printed; as it is, it stands for its plain spelling."""

    name: Name
    all: StandIns

    def spelt(self, way: Way, context: str) -> str:
        """The character for this spelling."""
        return self.all.character(Spelling(self.name, way, context))


class StandInValue(float):
    """In the place of a number that is printed or formatted, and that nothing else depends on."""

    name: Name
    all: StandIns

    def printed(self, precision: object) -> StandInPrinted:
        """What stands for it as printed to ``precision``."""
        return self.all.printed((self.name, precision))

    def __format__(self, format_spec: str) -> str:
        return self.all.character(Spelling(self.name, "format", format_spec))

    def __str__(self) -> str:
        return format(self, "")
