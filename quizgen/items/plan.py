"""An item template made ready: every expression parsed, every name known, every rule that needs no numbers checked.

`check` tells an author all that is wrong at once; `plan` hands the parsed template to `quizgen.items.evaluation`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from quizgen import expressions
from quizgen.errors import did_you_mean
from quizgen.experiments import EXPERIMENTS
from quizgen.experiments.contract import Experiment
from quizgen.expressions import Expression, ExpressionFault
from quizgen.figures import FIGURES
from quizgen.items import ITEM_TYPES
from quizgen.items.draws import draw_faults
from quizgen.items.page_rules import unprinted_sources
from quizgen.items.template import ItemTemplate, PartSpec
from quizgen.items.text_rules import names_in, text_faults
from quizgen.numbers.printing import Precision

Path = tuple[str | int, ...]

_ROUNDING: Final = re.compile(r"\s+to\s+(?:(\d+)\s+(figures?|decimals?)|(exact|integer))\s*$")
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateFault:
    """One thing wrong in a template: the path to the entry, and how many characters into its text."""

    path: Path
    message: str
    offset: int = 0
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A named value: its expression, and how the page prints it (None: it is never printed)."""

    name: str
    expression: Expression
    precision: Precision | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A simulation ready to run: its numeric arguments as expressions, its words, and what will be read of it."""

    name: str
    experiment: Experiment
    numbers: Mapping[str, Expression]
    words: Mapping[str, str]
    wanted: Mapping[str, tuple[Expression, ...] | None]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plan:
    """A checked template with everything parsed."""

    template: ItemTemplate
    runs: tuple[Run, ...]
    given: tuple[Rule, ...]
    compute: tuple[Rule, ...]
    require: tuple[Expression, ...]
    quiz_names: frozenset[str]  # numbers that the student's page prints
    numbers: frozenset[str]  # numbers that some page prints
    truths: frozenset[str]

    def rule(self, name: str) -> Rule | None:
        """The given or computed value of this name."""
        return next((rule for rule in (*self.given, *self.compute) if rule.name == name), None)


@lru_cache(maxsize=1024)
def plan(template: ItemTemplate) -> Plan:
    """The plan of a template that has no faults.  Raises: ValueError naming the first fault of one that has."""
    planner = Planner(template)
    made = planner.plan()
    if planner.faults:
        fault = planner.faults[0]
        raise ValueError(f"{template.id}: {'.'.join(map(str, fault.path))}: {fault.message}")
    return made


def check(template: ItemTemplate) -> tuple[TemplateFault, ...]:
    """Everything wrong with a template that shows without running it, in the order in which it is written."""
    planner = Planner(template)
    planner.plan()
    return tuple(planner.faults)


def printable_names(template: ItemTemplate) -> tuple[frozenset[str], frozenset[str]]:
    """The numbers that the texts of a template may show, and the conditions that they may ask."""
    made = Planner(template).plan()
    return made.numbers, made.truths


def split_rounding(source: str) -> tuple[str, Precision | None]:
    """``"x * 2 to 3 figures"`` as ``("x * 2", 3 figures)``.

    >>> split_rounding("run.norm[10] to 3 figures")
    ('run.norm[10]', Precision(kind='figures', count=3))
    """
    match = _ROUNDING.search(source)
    if not match:
        return source, None
    count, unit, _ = match.groups()
    expression = source[: match.start()]
    if unit is None:
        return expression, Precision(kind="exact")
    return expression, Precision(kind="figures" if unit.startswith("figure") else "decimals", count=int(count))


class Planner:
    """Goes through a template from top to bottom, as it happens, and notes every fault on the way."""

    def __init__(self, template: ItemTemplate) -> None:
        self.template = template
        self.faults: list[TemplateFault] = []
        self.numbers: dict[str, Precision | None] = {}  # every number known so far, with how it prints
        self.truths: set[str] = set()
        self.runs: dict[str, Experiment] = {}
        self.wanted: dict[str, dict[str, list[Expression] | None]] = {}
        self.reads: dict[str, Expression] = {}  # computed name -> what it is computed from

    def plan(self) -> Plan:
        """Read everything; what could not be read is missing from the plan and stands in `faults`."""
        template = self.template
        self._draws()
        parsed_runs = [self._run(name) for name in template.simulate]
        given = [self._given(name, source) for name, source in template.given.items()]
        compute = [self._compute(name, source) for name, source in template.compute.items()]
        require = [self._require(index, source) for index, source in enumerate(template.require)]
        self._figure()
        self._parts()
        quiz_names = self._texts()
        for path, message, hint in unprinted_sources(self.template, printed=quiz_names, computed=self.reads):
            self._fault(path, message, hint=hint)
        runs = tuple(
            Run(
                name=name,
                experiment=experiment,
                numbers=numbers,
                words=words,
                wanted={k: None if v is None else tuple(v) for k, v in self.wanted[name].items()},
            )
            for name, experiment, numbers, words in filter(None, parsed_runs)
        )
        return Plan(
            template=template,
            runs=runs,
            given=tuple(filter(None, given)),
            compute=tuple(filter(None, compute)),
            require=tuple(filter(None, require)),
            quiz_names=quiz_names,
            numbers=frozenset(name for name, precision in self.numbers.items() if precision),
            truths=frozenset(self.truths),
        )

    # -- the flow, from top to bottom --------------------------------------------------------------------------------

    def _draws(self) -> None:
        for name, draw in self.template.draw.items():
            path: Path = ("draw", name)
            self._new_name(name, path)
            for message in draw_faults(draw):
                self._fault(path, message)
            self.numbers[name] = Precision(kind="exact")

    def _run(self, name: str) -> tuple[str, Experiment, dict[str, Expression], dict[str, str]] | None:
        simulation = self.template.simulate[name]
        path: Path = ("simulate", name)
        self._new_name(name, path)
        if simulation.experiment not in EXPERIMENTS:
            self._fault(
                (*path, "experiment"),
                f"no experiment named {simulation.experiment!r}",
                hint=did_you_mean(simulation.experiment, EXPERIMENTS),
            )
            return None
        experiment = EXPERIMENTS[simulation.experiment]
        self.runs[name], self.wanted[name] = experiment, {}
        parameters = {parameter.name: parameter for parameter in experiment.parameters}
        numbers: dict[str, Expression] = {}
        words: dict[str, str] = {}
        for argument, source in simulation.arguments.items():
            if argument not in parameters:
                hint = did_you_mean(argument, parameters)
                self._fault((*path, argument), f"{experiment.name} has no parameter {argument!r}", hint=hint)
            elif parameters[argument].kind == "word":
                known = parameters[argument].words
                if source not in known:
                    hint = did_you_mean(source, known)
                    self._fault((*path, argument), f"{source!r} is not one of the words for {argument}", hint=hint)
                words[argument] = source
            elif expression := self._expression((*path, argument), source):
                numbers[argument] = expression
        return name, experiment, numbers, words

    def _given(self, name: str, source: str) -> Rule | None:
        path: Path = ("given", name)
        bare, precision = split_rounding(source)
        if precision is None:
            hint = "end with 'to 3 figures', 'to 2 decimals' or 'to exact'"
            self._fault(path, f"{source!r} does not say how it is printed", hint=hint)
            precision = Precision(kind="figures", count=3)
        rule = self._rule(name, path, bare, precision)
        if rule and not rule.expression.references:
            self._fault(path, "nothing is measured here", hint="what is only computed stands under compute")
        return rule

    def _compute(self, name: str, source: str) -> Rule | None:
        bare, precision = split_rounding(source)
        rule = self._rule(name, ("compute", name), bare, precision)
        if rule:
            self.reads[name] = rule.expression
        return rule

    def _rule(self, name: str, path: Path, source: str, precision: Precision | None) -> Rule | None:
        self._new_name(name, path)
        expression = self._expression(path, source, kind=None)
        if expression is None:
            self.numbers[name] = precision  # known, so that one fault does not become ten
            return None
        if expression.kind == "truth":
            self.truths.add(name)
            if precision:
                self._fault(path, "a condition is true or false and has no figures", hint="leave out 'to …'")
        else:
            self.numbers[name] = precision
        return Rule(name=name, expression=expression, precision=precision)

    def _require(self, index: int, source: str) -> Expression | None:
        return self._expression(("require", index), source, kind="truth")

    def _figure(self) -> None:
        figure = self.template.figure
        if figure is None:
            return
        if figure.kind not in FIGURES:
            self._fault(("figure", "kind"), f"no figure named {figure.kind!r}", hint=did_you_mean(figure.kind, FIGURES))
        for label, source in figure.lines.items():
            self._expression(("figure", "lines", label), source, whole_series=True)

    def _parts(self) -> None:
        seen: list[str] = []
        if not self.template.parts:
            self._fault(("parts",), "there is nothing to answer", hint="add a part with id, points, ask and a type")
        for index, part in enumerate(self.template.parts):
            path: Path = ("parts", index)
            if part.id in seen:
                self._fault((*path, "id"), f"two parts are named {part.id!r}")
            if part.points <= 0:
                self._fault((*path, "points"), f"{part.points:g} points", hint="points are greater than 0")
            item_type = ITEM_TYPES[part.type]
            for place, message in item_type.check(part.spec, part.points):
                self._fault((*path, part.type, *place), message)
            for place, source in item_type.expressions(part.spec):
                self._expression((*path, part.type, *place), source, kind=None)
            for name, misconception in part.misconceptions.items():
                self._expression((*path, "misconceptions", name, "value"), misconception.value)
            self._follows(part, path, seen)
            seen.append(part.id)

    def _follows(self, part: PartSpec, path: Path, seen: list[str]) -> None:
        """A part follows one earlier part at the most, and the keys of both are numbers; the earlier's has a name."""
        keys = {p.id: dict(ITEM_TYPES[p.type].expressions(p.spec)).get(("key",)) for p in self.template.parts}
        if len(part.follows) > 1:
            self._fault((*path, "follows"), f"follows {len(part.follows)} parts", hint="a part can follow one")
        for earlier in part.follows:
            if earlier not in seen:
                hint = did_you_mean(earlier, seen)
                self._fault((*path, "follows", earlier), f"no earlier part is named {earlier!r}", hint=hint)
            elif keys[part.id] is None or not _NAME.fullmatch((keys[earlier] or "").strip()):
                message = f"{part.id!r} cannot follow {earlier!r}"
                hint = "both need a numeric key, and that of the earlier part must be a single name"
                self._fault((*path, "follows", earlier), message, hint=hint)

    def _texts(self) -> frozenset[str]:
        quiz_names: set[str] = set()
        printable = [name for name, precision in self.numbers.items() if precision]
        unprinted = [name for name, precision in self.numbers.items() if not precision]
        for path, source, is_quiz in self._all_texts():
            found = text_faults(source, printable=printable, unprinted=unprinted, conditions=self.truths)
            for offset, message, hint in found:
                self._fault(path, message, offset=offset, hint=hint)
            if is_quiz:
                quiz_names |= names_in(source)
        return frozenset(quiz_names & set(self.numbers))

    def _all_texts(self) -> Iterator[tuple[Path, str, bool]]:
        """Every text with its path, and whether the student's page prints it."""
        template = self.template
        yield ("stem",), template.stem, True
        if template.figure:
            yield ("figure", "title"), template.figure.title, True
            yield ("figure", "alt"), template.figure.alt, True
        for index, part in enumerate(template.parts):
            path: Path = ("parts", index)
            yield (*path, "ask"), part.ask, True
            yield (*path, "model_answer"), part.model_answer, False
            for place, source in ITEM_TYPES[part.type].texts(part.spec):
                yield (*path, part.type, *place), source, place[-1] == "text"
            for name, misconception in part.misconceptions.items():
                yield (*path, "misconceptions", name, "because"), misconception.because, False
        for name in ("define", "cause", "example", "effect", "solution", "why_recurrent", "conclusion"):
            yield ("model_answer", name), getattr(template.model_answer, name), False

    # -- one expression ----------------------------------------------------------------------------------------------

    def _expression(
        self, path: Path, source: str, *, kind: str | None = "number", whole_series: bool = False
    ) -> Expression | None:
        """Parse and check against what is known so far; None, and faults noted, if anything is wrong."""
        before = len(self.faults)
        try:
            expression = expressions.parse(source)
        except ExpressionFault as error:
            self._fault(path, error.message, offset=error.offset, hint=error.hint)
            return None
        for name, offset in expression.names.items():
            if name not in self.numbers and name not in self.truths:
                hint = did_you_mean(name, [*self.numbers, *self.truths])
                self._fault(path, f"nothing before this is named {name!r}", offset=offset, hint=hint)
        for reference in expression.references:
            self._reference(path, reference, whole_series=whole_series)
        is_truth = expression.kind == "truth" or source.strip() in self.truths
        if kind is not None and is_truth != (kind == "truth"):
            self._fault(path, f"expected a {'condition' if kind == 'truth' else 'number'}, found {source.strip()!r}")
        return expression if len(self.faults) == before else None

    def _reference(self, path: Path, reference: expressions.Reference, *, whole_series: bool) -> None:
        if reference.run not in self.runs:
            if reference.run not in self.template.simulate:
                hint = did_you_mean(reference.run, self.runs)
                self._fault(path, f"no simulation is named {reference.run!r}", offset=reference.offset, hint=hint)
            return
        quantities = {quantity.name: quantity for quantity in self.runs[reference.run].quantities}
        if reference.quantity not in quantities:
            hint = did_you_mean(reference.quantity, quantities)
            message = f"{self.runs[reference.run].name} does not measure {reference.quantity!r}"
            self._fault(path, message, offset=reference.offset, hint=hint)
            return
        is_series = bool(quantities[reference.quantity].index)
        if is_series != (reference.index is not None or whole_series):
            message = f"{reference.quantity!r} is {'a series' if is_series else 'one number'}"
            hint = f"write {reference.run}.{reference.quantity}{'[k]' if is_series else ''}"
            self._fault(path, message, offset=reference.offset, hint=hint)
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

    def _new_name(self, name: str, path: Path) -> None:
        if not _NAME.fullmatch(name):
            self._fault(path, f"{name!r} is not a name", hint="letters, digits and _, beginning with a letter")
        elif name in expressions.RESERVED:
            self._fault(path, f"{name!r} already means something in expressions", hint="choose another name")
        elif name in self.numbers or name in self.truths or name in self.runs:
            self._fault(path, f"{name!r} is named twice", hint="every name means one thing in a template")

    def _fault(self, path: Path, message: str, *, offset: int = 0, hint: str = "") -> None:
        self.faults.append(TemplateFault(path=path, message=message, offset=offset, hint=hint))
