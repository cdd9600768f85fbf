"""What to write where in a response file, worked out once for all items that look alike."""

from quizgen.cohort.looks import Alike, Column, View, standing_in
from quizgen.forms.response_file import hints_for
from quizgen.numbers.stand_ins import StandIns


class HintMaker:
    """Keeps the hints of each look in which they say nothing that varies."""

    def __init__(self) -> None:
        self._known: dict[object, list[str] | None] = {}

    def hints(self, column: Column) -> list[list[str]]:
        """For each item of a column, the hints for its parts."""
        return column.each(self._of_a_look)

    def _of_a_look(self, alike: Alike) -> list[list[str]]:
        look, views = alike.look, alike.views
        if look not in self._known:
            self._known[look] = None if look is None else _the_same_for_all(views[0])
        same = self._known[look]
        return [same] * len(views) if same is not None else [hints_for(view.item) for view in views]


def _the_same_for_all(view: View) -> list[str] | None:
    """The hints for all items with the look of this one; None where they say what varies."""
    stand_ins = StandIns()
    hints = hints_for(standing_in(view, stand_ins))
    says_more = any(mark in hint for hint in hints for mark in stand_ins.spellings.values())
    return None if says_more else hints
