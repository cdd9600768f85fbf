"""What turned out to be wrong with an exam: parts that count for nobody, other right answers, other keys."""

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from typing import Final

from quizgen.errors import UsageError, did_you_mean
from quizgen.forms.form import Form
from quizgen.items import ITEM_TYPES
from quizgen.items.contract import Settings
from quizgen.items.item import Item, Part
from quizgen.values import immutable
from quizgen.words import joined, say

VOID_NOTE: Final = say("note.void")
ACCEPTED_NOTE: Final = say("note.accepted")


@immutable
class Corrections:
    """Labels that count for nobody, responses that are right as well, and keys that replace those on record."""

    void: frozenset[str] = frozenset()
    accept: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.void or self.accept or self.keys)

    @property
    def by_label(self) -> Mapping[str, tuple[str, ...]]:
        """What was corrected in each part."""
        found: dict[str, tuple[str, ...]] = dict.fromkeys(sorted(self.void), (say("corrected.void"),))
        for label, value in self.keys.items():
            found[label] = (say("corrected.key_now", key=value),)
        for label, values in self.accept.items():
            accepted = say("corrected.accepted", answers=joined("list.and", values), count=len(values))
            found[label] = (*found.get(label, ()), accepted)
        return found


NO_CORRECTIONS: Final = Corrections()
_NOT_READ: Final = ("unreadable", "not-answered", "needs-review")


def read_corrections(void: Sequence[str], accept: Sequence[str], keys: Sequence[str], form: Form) -> Corrections:
    """Corrections as they are written on a command line: ``2a``, ``2a=0.5``.

    Raises: UsageError for a label that the form does not have, a response that its part cannot read, a part that a
    person marks, and two corrections of one part that cannot both be meant.
    """
    parts = {part.label: part for item in form.items for part in item.parts}
    accepted: dict[str, tuple[str, ...]] = {}
    for label, response in (_split(text, parts) for text in accept):
        if ITEM_TYPES[parts[label].type].grade(parts[label], response, Settings()).status in _NOT_READ:
            raise _unreadable(parts[label], response)
        accepted[label] = tuple(dict.fromkeys((*accepted.get(label, ()), response)))
    replaced: dict[str, str] = {}
    for label, response in (_split(text, parts) for text in keys):
        if replaced.setdefault(label, response) != response:
            told = f"part {label}: {replaced[label]!r} and {response!r} cannot both be its key"
            raise UsageError(told, hint=f"accept the other one as well: --also-accept {label}={response}")
    taken_out = frozenset(_known(label, parts) for label in void)
    if both := sorted(taken_out & (accepted.keys() | replaced.keys())):
        raise UsageError(f"part {both[0]} is taken out, and corrected as well", hint="choose one of them")
    corrections = Corrections(void=taken_out, accept=accepted, keys=replaced)
    corrected(form, corrections)
    return corrections


def corrected(form: Form, corrections: Corrections) -> Form:
    """The form with other keys.  Raises: UsageError where a part's key cannot be such a response."""
    return replace(form, items=tuple(_item(item, corrections.keys) for item in form.items))


def is_also_right(part: Part, response: str, accepted: Sequence[str], settings: Settings) -> bool:
    """Whether ``response`` says what one of the ``accepted`` responses says: the same number, the same letters."""
    item_type = ITEM_TYPES[part.type]
    for other in accepted:
        key = item_type.with_response(part.key, other) if item_type.value(part.key) is not None else None
        if key is not None:
            if item_type.grade(replace(part, key=key), response, settings).status == "right":
                return True
            continue
        said, meant = (item_type.grade(part, text, settings).read_as for text in (response, other))
        if said and said.casefold() == meant.casefold():
            return True
    return False


def _item(item: Item, keys: Mapping[str, str]) -> Item:
    parts = tuple(_part(part, keys[part.label]) if part.label in keys else part for part in item.parts)
    return replace(item, parts=parts)


def _part(part: Part, response: str) -> Part:
    key = ITEM_TYPES[part.type].with_response(part.key, response)
    if key is None:
        raise _unreadable(part, response)
    return replace(part, key=key)


def _unreadable(part: Part, response: str) -> UsageError:
    item_type = ITEM_TYPES[part.type]
    hint = f"write {item_type.how_to_answer(part)}; or take the part out"
    if not item_type.key_response(part):
        hint = "a person marks this part: change the points in the marking sheet, or take the part out"
    return UsageError(f"part {part.label}: {response!r} cannot be its key", hint=hint)


def _split(text: str, parts: Mapping[str, Part]) -> tuple[str, str]:
    label, equals, response = text.partition("=")
    if not equals or not response.strip():
        raise UsageError(f"{text!r} is no correction", hint="write LABEL=ANSWER, such as 2a=0.5")
    return _known(label, parts), response.strip()


def _known(label: str, parts: Mapping[str, Part]) -> str:
    found = label.strip()
    if found not in parts:
        raise UsageError(f"no part {found!r} in this form", hint=did_you_mean(found, parts))
    return found
