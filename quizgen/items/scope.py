"""What is known at a point of a template: names and runs so far, and the faults of whatever refers to others."""

import re
from typing import Final

from quizgen import expressions
from quizgen.errors import did_you_mean
from quizgen.experiments.contract import Experiment
from quizgen.expressions import Expression, ExpressionFault
from quizgen.items.template import ItemTemplate
from quizgen.numbers.printing import Precision
from quizgen.values import immutable

Path = tuple[str | int, ...]
NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


@immutable
class TemplateFault:
    """One thing wrong in a template: the path to the entry, and how many characters into its text."""

    path: Path
    message: str
    offset: int = 0
    hint: str = ""


class Scope:
    """Grows from top to bottom of a template; reads expressions against what is known by then."""

    def __init__(self, template: ItemTemplate) -> None:
        self.template = template
        self.faults: list[TemplateFault] = []
        self.numbers: dict[str, Precision | None] = {}  # every number known so far, with how it prints
        self.truths: set[str] = set()
        self.runs: dict[str, Experiment] = {}
        self.wanted: dict[str, dict[str, list[Expression] | None]] = {}  # run -> quantity -> indices, or all of it

    def expression(
        self, path: Path, source: str, *, kind: str | None = "number", whole_series: bool = False
    ) -> Expression | None:
        """Parse and check against what is known so far; None, and faults noted, if anything is wrong."""
        before = len(self.faults)
        try:
            expression = expressions.parse(source)
        except ExpressionFault as error:
            self.fault(path, error.message, offset=error.offset, hint=error.hint)
            return None
        for name, offset in expression.names.items():
            if name not in self.numbers and name not in self.truths:
                hint = did_you_mean(name, [*self.numbers, *self.truths])
                self.fault(path, f"nothing before this is named {name!r}", offset=offset, hint=hint)
        for reference in expression.references:
            self._reference(path, reference, whole_series=whole_series)
        is_truth = expression.kind == "truth" or source.strip() in self.truths
        if kind is not None and is_truth != (kind == "truth"):
            self.fault(path, f"expected a {'condition' if kind == 'truth' else 'number'}, found {source.strip()!r}")
        return expression if len(self.faults) == before else None

    def _reference(self, path: Path, reference: expressions.Reference, *, whole_series: bool) -> None:
        if reference.run not in self.runs:
            if reference.run not in self.template.simulate:
                hint = did_you_mean(reference.run, self.runs)
                self.fault(path, f"no simulation is named {reference.run!r}", offset=reference.offset, hint=hint)
            return
        quantities = {quantity.name: quantity for quantity in self.runs[reference.run].quantities}
        if reference.quantity not in quantities:
            hint = did_you_mean(reference.quantity, quantities)
            message = f"{self.runs[reference.run].name} does not measure {reference.quantity!r}"
            self.fault(path, message, offset=reference.offset, hint=hint)
            return
        is_series = bool(quantities[reference.quantity].index)
        if is_series != (reference.index is not None or whole_series):
            message = f"{reference.quantity!r} is {'a series' if is_series else 'one number'}"
            hint = f"write {reference.run}.{reference.quantity}{'[k]' if is_series else ''}"
            self.fault(path, message, offset=reference.offset, hint=hint)
            return
        self._want(reference)

    def _want(self, reference: expressions.Reference) -> None:
        wanted = self.wanted[reference.run]
        drawn = reference.index is not None and set(reference.index.names) <= set(self.template.draw)
        indices = wanted.setdefault(reference.quantity, [])
        if reference.index is None or not drawn:
            wanted[reference.quantity] = None  # all of it: a scalar, a figure, or an index that is computed later
        elif indices is not None:
            indices.append(reference.index)

    def new_name(self, name: str, path: Path) -> None:
        """Check a name that is about to be known."""
        if not NAME.fullmatch(name):
            self.fault(path, f"{name!r} is not a name", hint="letters, digits and _, beginning with a letter")
        elif name in expressions.RESERVED:
            self.fault(path, f"{name!r} already means something in expressions", hint="choose another name")
        elif name in self.numbers or name in self.truths or name in self.runs:
            self.fault(path, f"{name!r} is named twice", hint="every name means one thing in a template")

    def fault(self, path: Path, message: str, *, offset: int = 0, hint: str = "") -> None:
        """Note something wrong at ``path``, ``offset`` characters into its text."""
        self.faults.append(TemplateFault(path=path, message=message, offset=offset, hint=hint))
