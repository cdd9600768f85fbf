"""From an item template to its plan: expressions parsed, names known, every rule checked that needs no numbers.

`check` tells an author all that is wrong at once; `plan` hands the parsed template on.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from quizgen.errors import did_you_mean
from quizgen.experiments import EXPERIMENTS
from quizgen.experiments.contract import Experiment
from quizgen.expressions import Expression, ExpressionFault
from quizgen.figures import FIGURES
from quizgen.items import ITEM_TYPES
from quizgen.items.carrying import measurements, steps_between
from quizgen.items.draws import draw_faults
from quizgen.items.figure_lines import branches
from quizgen.items.page_rules import needed_names, unprinted_sources
from quizgen.items.plan import Plan, Rule, Run, split_rounding
from quizgen.items.scope import NAME, Path, Scope, TemplateFault
from quizgen.items.template import ItemTemplate, PartSpec
from quizgen.items.text_rules import names_in, text_faults
from quizgen.items.work import MAX_READING, MAX_RUNS
from quizgen.numbers.printing import Precision, precision_fault

# Texts of item types that stand on the instructor's page only.
_FOR_ANSWERS: Final = frozenset({"because", "criterion"})


@lru_cache(maxsize=1024)
def plan(template: ItemTemplate) -> Plan:
    """The plan of a template that has no faults, as `check` told; what its texts say is not read again.

    Raises: ValueError naming the first other fault of one that has.
    """
    planner = Planner(template, reads_texts=False)
    made = planner.plan()
    if planner.scope.faults:
        fault = planner.scope.faults[0]
        raise ValueError(f"{template.id}: {'.'.join(map(str, fault.path))}: {fault.message}")
    return made


def check(template: ItemTemplate, *, asks: bool = True) -> tuple[TemplateFault, ...]:
    """Everything wrong with a template that shows without running it, in the order in which it is written.

    ``asks``: whether it is to ask something; a demonstration only shows.
    """
    planner = Planner(template)
    planner.plan()
    if asks and not template.parts:
        planner.scope.fault(("parts",), "there is nothing to answer", hint="add a part with id, points, ask and a type")
    return tuple(planner.scope.faults)


def printable_names(template: ItemTemplate) -> tuple[frozenset[str], frozenset[str]]:
    """The numbers that the texts of a template may show, and the conditions that they may ask."""
    made = Planner(template).plan()
    return made.numbers, made.truths


def texts_of(template: ItemTemplate) -> Iterator[str]:
    """Every text of a template that has no faults."""
    return (source for _, source, _ in Planner(template).texts())


class Planner:
    """Goes through a template from top to bottom, as it happens, and notes every fault on the way."""

    def __init__(self, template: ItemTemplate, *, reads_texts: bool = True) -> None:
        self.template = template
        self.reads_texts = reads_texts
        self.scope = Scope(template)
        self.reads: dict[str, Expression] = {}  # computed name -> what it is computed from

    def plan(self) -> Plan:
        """Read everything; what could not be read is missing from the plan and stands in the scope's faults."""
        template = self.template
        self._draws()
        if len(template.simulate) > MAX_RUNS:
            message = f"{len(template.simulate)} simulations in one template"
            self.scope.fault(("simulate",), message, hint=f"at most {MAX_RUNS}: one run can be read many times")
        parsed_runs = [self._run(name) for name in template.simulate]
        given = [self._given(name, source) for name, source in template.given.items()]
        compute = [self._compute(name, source) for name, source in template.compute.items()]
        require = [self._require(index, source) for index, source in enumerate(template.require)]
        self._figure()
        self._parts()
        if self.reads_texts:
            self._read_texts()
        shown = names_in(template.stem).union(*(names_in(part.ask) for part in template.parts))
        for path, message, hint in unprinted_sources(template, printed=shown, computed=self.reads):
            self.scope.fault(path, message, hint=hint)
        runs = tuple(
            Run(
                name=name,
                experiment=experiment,
                numbers=numbers,
                words=words,
                wanted={k: None if v is None else tuple(v) for k, v in self.scope.wanted[name].items()},
            )
            for name, experiment, numbers, words in filter(None, parsed_runs)
        )
        return Plan(
            template=template,
            runs=runs,
            given=tuple(filter(None, given)),
            compute=tuple(filter(None, compute)),
            require=tuple(filter(None, require)),
            quiz_names=self._quiz_names(),
            needed=needed_names(template, self.reads),
            numbers=frozenset(name for name, precision in self.scope.numbers.items() if precision),
            truths=frozenset(self.scope.truths),
        )

    # -- the flow, from top to bottom --------------------------------------------------------------------------------

    def _draws(self) -> None:
        for name, draw in self.template.draw.items():
            path: Path = ("draw", name)
            self.scope.new_name(name, path)
            for message in draw_faults(draw):
                self.scope.fault(path, message)
            self.scope.numbers[name] = Precision(kind="exact")

    def _run(self, name: str) -> tuple[str, Experiment, dict[str, Expression], dict[str, str]] | None:
        simulation = self.template.simulate[name]
        path: Path = ("simulate", name)
        self.scope.new_name(name, path)
        if simulation.experiment not in EXPERIMENTS:
            self.scope.fault(
                (*path, "experiment"),
                f"no experiment named {simulation.experiment!r}",
                hint=did_you_mean(simulation.experiment, EXPERIMENTS),
            )
            return None
        experiment = EXPERIMENTS[simulation.experiment]
        self.scope.runs[name], self.scope.wanted[name] = experiment, {}
        parameters = {parameter.name: parameter for parameter in experiment.parameters}
        numbers: dict[str, Expression] = {}
        words: dict[str, str] = {}
        for argument, source in simulation.arguments.items():
            if argument not in parameters:
                hint = did_you_mean(argument, parameters)
                self.scope.fault((*path, argument), f"{experiment.name} has no parameter {argument!r}", hint=hint)
            elif parameters[argument].kind == "word":
                known = parameters[argument].words
                if source not in known:
                    hint = did_you_mean(source, known)
                    self.scope.fault((*path, argument), f"{source!r} is not one of the words for {argument}", hint=hint)
                words[argument] = source
            elif expression := self.scope.expression((*path, argument), source):
                numbers[argument] = expression
                if expression.references:
                    self.scope.fault((*path, argument), "an argument cannot be a measurement", hint="draw a number")
        return name, experiment, numbers, words

    def _given(self, name: str, source: str) -> Rule | None:
        path: Path = ("given", name)
        bare, precision = split_rounding(source)
        if precision is None:
            hint = "end with 'to 3 figures', 'to 2 decimals' or 'to exact'"
            self.scope.fault(path, f"{source!r} does not say how it is printed", hint=hint)
            precision = Precision(kind="figures", count=3)
        rule = self._rule(name, path, bare, precision)
        if rule and not rule.expression.references:
            self.scope.fault(path, "nothing is measured here", hint="what is only computed stands under compute")
        return rule

    def _compute(self, name: str, source: str) -> Rule | None:
        bare, precision = split_rounding(source)
        rule = self._rule(name, ("compute", name), bare, precision)
        if rule:
            self.reads[name] = rule.expression
        return rule

    def _rule(self, name: str, path: Path, source: str, precision: Precision | None) -> Rule | None:
        self.scope.new_name(name, path)
        if precision and (fault := precision_fault(precision)):
            self.scope.fault(path, fault)
        expression = self.scope.expression(path, source, kind=None)
        if expression is None:
            self.scope.numbers[name] = precision  # known, so that one fault does not become ten
            return None
        if expression.kind == "truth":
            self.scope.truths.add(name)
            if precision:
                self.scope.fault(path, "a condition is true or false and has no figures", hint="leave out 'to …'")
        else:
            self.scope.numbers[name] = precision
        return Rule(name=name, expression=expression, precision=precision)

    def _require(self, index: int, source: str) -> Expression | None:
        return self.scope.expression(("require", index), source, kind="truth")

    def _figure(self) -> None:
        figure = self.template.figure
        if figure is None:
            return
        if figure.kind not in FIGURES:
            self.scope.fault(
                ("figure", "kind"), f"no figure named {figure.kind!r}", hint=did_you_mean(figure.kind, FIGURES)
            )
        for label, source in figure.lines.items():
            path: Path = ("figure", "lines", label)
            for branch in branches(source):
                self.scope.expression(path, branch.series, whole_series=True)
                if branch.condition:
                    self.scope.expression(path, branch.condition, kind="truth")
        if figure.over:
            self.scope.expression(("figure", "over"), figure.over, whole_series=True)
        for index, mark in enumerate(figure.marks):
            place: Path = ("figure", "marks", index)
            self.scope.expression((*place, "at"), mark.at)
            if figure.kind in FIGURES and mark.axis not in FIGURES[figure.kind].marks:
                hint = f"its marks: {', '.join(sorted(FIGURES[figure.kind].marks))}"
                self.scope.fault((*place, "axis"), f"a figure of the kind {figure.kind} has no {mark.axis}", hint=hint)

    def _parts(self) -> None:
        seen: list[str] = []
        for index, part in enumerate(self.template.parts):
            path: Path = ("parts", index)
            if part.id in seen:
                self.scope.fault((*path, "id"), f"two parts are named {part.id!r}")
            if part.points <= 0:
                self.scope.fault((*path, "points"), f"{part.points:g} points", hint="points are greater than 0")
            item_type = ITEM_TYPES[part.type]
            for place, message in item_type.check(part.spec, part.points):
                self.scope.fault((*path, part.type, *place), message)
            for place, source in item_type.expressions(part.spec):
                self.scope.expression((*path, part.type, *place), source, kind=None)
            if part.misconceptions and not _number(part):
                message = f"a part of the type {part.type} has no number that a misconception could lead to"
                hint = "an option names the misconception that leads to it; elsewhere leave them out"
                self.scope.fault((*path, "misconceptions"), message, hint=hint)
            for name, misconception in part.misconceptions.items():
                self.scope.expression((*path, "misconceptions", name, "value"), misconception.value)
            self._follows(part, path, seen)
            seen.append(part.id)

    def _follows(self, part: PartSpec, path: Path, seen: list[str]) -> None:
        """A part follows one earlier part at the most, and the keys of both are numbers; the earlier's has a name."""
        keys = {p.id: _number(p) for p in self.template.parts}
        if len(part.follows) > 1:
            self.scope.fault((*path, "follows"), f"follows {len(part.follows)} parts", hint="a part can follow one")
        for earlier, (low, high) in part.follows.items():
            if not low < high:
                message = f"a range from {low:g} to {high:g} holds nothing"
                self.scope.fault((*path, "follows", earlier), message, hint="write the smaller end first")
            if earlier not in seen:
                hint = did_you_mean(earlier, seen)
                self.scope.fault((*path, "follows", earlier), f"no earlier part is named {earlier!r}", hint=hint)
            elif keys[part.id] is None or not NAME.fullmatch((keys[earlier] or "").strip()):
                message = f"{part.id!r} cannot follow {earlier!r}"
                hint = "both must be answered by a number, and that of the earlier part must be a single name"
                self.scope.fault((*path, "follows", earlier), message, hint=hint)
            else:
                self._carried((*path, "follows", earlier), (keys[earlier] or "").strip(), (keys[part.id] or "").strip())

    def _carried(self, path: Path, name: str, key: str) -> None:
        """What is computed on the way from ``name`` to ``key`` must not be measured: grading simulates nothing."""
        try:
            found = list(measurements(steps_between(self.reads, name, key)))
        except ExpressionFault:
            return  # an expression that cannot be read is a fault of its own
        for measurement in found:
            message = f"on the way from {name!r} to this key {measurement} is read, and grading measures nothing"
            self.scope.fault(path, message, hint="compute it first under a name of its own, or leave out 'follows'")

    def _quiz_names(self) -> frozenset[str]:
        shown = {name for _, source, is_quiz in self.texts() if is_quiz for name in names_in(source)}
        return frozenset(shown & set(self.scope.numbers))

    def _read_texts(self) -> None:
        from quizgen.prose.lints import reading_work  # with Markdown's parser, which a checked template does without

        printable = [name for name, precision in self.scope.numbers.items() if precision]
        unprinted = [name for name, precision in self.scope.numbers.items() if not precision]
        read = 0
        for path, source, _ in self.texts():
            read += reading_work(source)
            if read > MAX_READING:
                hint = f"at most {MAX_READING} characters, where formulas, tables and each reading count too"
                self.scope.fault(path, "with this text the template takes too long to read", hint=hint)
                break
            found = text_faults(source, printable=printable, unprinted=unprinted, conditions=self.scope.truths)
            for offset, message, hint in found:
                self.scope.fault(path, message, offset=offset, hint=hint)

    def texts(self) -> Iterator[tuple[Path, str, bool]]:
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
                yield (*path, part.type, *place), source, place[-1] not in _FOR_ANSWERS
            for name, misconception in part.misconceptions.items():
                yield (*path, "misconceptions", name, "because"), misconception.because, False
        for name in ("define", "cause", "example", "effect", "solution", "why_recurrent", "conclusion"):
            yield ("model_answer", name), getattr(template.model_answer, name), False


def _number(part: PartSpec) -> str | None:
    """The expression of the number that answers a part, where one does."""
    return ITEM_TYPES[part.type].number(part.spec)
