"""One assembled exam. form.json is this value written down; it holds the keys, and grading needs nothing else."""

from quizgen.items.item import Item
from quizgen.values import immutable

SCHEMA_VERSION = 1


@immutable
class Form:
    """An exam with its items in order and how it came about."""

    schema: int
    id: str
    title: str
    blueprint: str
    seed: int
    minutes: float
    instructions: str
    quizgen_version: str
    numpy_version: str
    items: tuple[Item, ...]
    decimal_comma: bool = False  # responses write 1,5 for one and a half
    thousands: str = ""  # the mark that responses may write between thousands
    institution: str = ""
    course: str = ""
    date: str = ""  # in the author's words

    @property
    def masthead(self) -> tuple[str, ...]:
        """What stands above the title."""
        return tuple(filter(None, (self.institution, self.course, self.date)))

    @property
    def points(self) -> float:
        """The points that the whole form can earn."""
        return sum(item.points for item in self.items)
