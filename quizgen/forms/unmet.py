"""Why a bank cannot give what a blueprint asks for: which section or which bounds, and what the bank could give."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Final

from quizgen.bank.blueprint import Blueprint, Bound, Section
from quizgen.bank.yaml_file import Entry
from quizgen.errors import UsageError
from quizgen.forms.amounts import total
from quizgen.forms.search import MAX_FAILURES, GaveUp, first_within
from quizgen.forms.slots import Slots
from quizgen.items.template import ItemTemplate

FAILURES: Final = 2_000  # of each search for an explanation: there are dozens
_STEP: Final = 0.01  # points and minutes are counted in hundredths
_HINT: Final = "let the blueprint ask for less or for more questions, or add templates; see `quizgen bank list`"


def unmet_section(sections: Sequence[Section], candidates: Sequence[Sequence[ItemTemplate]], index: int) -> UsageError:
    """Section ``index`` cannot have its share of the bank's templates."""
    section, fitting = sections[index], len(candidates[index])
    rules = {name: getattr(section, name) for name in ("topics", "levels", "types", "only", "without")}
    asked = "; ".join(f"{name} {', '.join(names)}" for name, names in rules.items() if names)
    others = ", and other sections need them too" if fitting >= section.questions else ""
    return UsageError(
        f"section {index + 1} ({asked}) asks for {section.questions}; item templates that fit: {fitting}{others}",
        hint="let the blueprint ask for fewer, or for more topics, levels or types; see `quizgen bank list`",
    )


def gave_up(blueprint: Blueprint) -> UsageError:
    """The search ended without an answer."""
    return UsageError(
        f"blueprint {blueprint.id!r}: no choice of templates was found that keeps its bounds, though there may be one; "
        f"the search ended after {MAX_FAILURES} beginnings that failed",
        hint="widen a bound, or ask for fewer questions",
    )


def unmet_bounds(blueprint: Blueprint, slots: Slots) -> UsageError:
    """No choice of templates keeps the bounds: those that cannot be kept even alone, else the fewest that clash."""
    bounds = blueprint.bounds.by_entry()
    count = sum(slots.counts)
    extent = f"{count} question{'s'[: count - 1]}"
    if alone := [entry for entry in bounds if _fails(slots, {entry: bounds[entry]})]:
        claim = f"cannot be kept with {extent}"
        reasons = [_reason(entry, {entry: bounds[entry]}, slots) for entry in alone]
    else:
        clash = _clash(slots, bounds)
        claim = f"cannot be kept together with {extent}"
        reasons = [_reason(entry, clash, slots) for entry in clash]
    lines = "\n".join(f"  {reason}" for reason in reasons)
    return UsageError(f"blueprint {blueprint.id!r}: these bounds {claim}:\n{lines}", hint=_HINT)


def _fails(slots: Slots, bounds: Mapping[Entry, Bound]) -> bool:
    """Whether there certainly is no choice within ``bounds``."""
    try:
        return first_within(slots, bounds, failures=FAILURES) is None
    except GaveUp:
        return False


def _clash(slots: Slots, bounds: Mapping[Entry, Bound]) -> Mapping[Entry, Bound]:
    """Bounds that cannot be kept together, though without any one of them the others can."""
    clash = dict(bounds)
    for entry in bounds:
        fewer = {other: bound for other, bound in clash.items() if other != entry}
        if _fails(slots, fewer):
            clash = fewer
    return clash


def _reason(entry: Entry, clash: Mapping[Entry, Bound], slots: Slots) -> str:
    """One bound of a clash, and how near to it the bank was found to come with the others kept."""
    bound = clash[entry]
    below = _nearest(entry, Bound(at_most=bound.low), slots, clash, upwards=True)
    above = None if bound.at_most is None else _nearest(entry, Bound(at_least=bound.high), slots, clash, upwards=False)
    near = " or ".join(f"{amount:g}" for amount in (below, above) if amount is not None) or "unknown"
    kept = " with the others kept" if len(clash) > 1 else ""
    return f"{'.'.join(map(str, entry))}: {bound}; the nearest found is {near}{kept}"


def _nearest(entry: Entry, within: Bound, slots: Slots, clash: Mapping[Entry, Bound], *, upwards: bool) -> float | None:
    """The largest amount within a bound, or the smallest, that was found with the other bounds of the clash kept."""
    nearest = None
    with suppress(GaveUp):
        while choice := first_within(slots, {**clash, entry: within}, failures=FAILURES):
            nearest = total(template for own in choice for template in own).get(entry, 0.0)
            within = replace(within, at_least=nearest + _STEP) if upwards else replace(within, at_most=nearest - _STEP)
    return nearest
