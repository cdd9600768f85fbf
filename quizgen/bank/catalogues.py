"""What the templates of a bank refer to by id: the claims that they examine, and the mistakes that they explain."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from quizgen.errors import did_you_mean
from quizgen.items import ITEM_TYPES
from quizgen.items.template import ItemTemplate, MisconceptionSpec, PartSpec
from quizgen.values import immutable

Path = tuple[str | int, ...]


@immutable
class KnownMisconception:
    """A mistake that leads to wrong answers, whatever the question."""

    name: str
    """What it is called, in small letters: it follows "If you got 0.31: "."""
    why: str
    """Why it is wrong; a text without an item's numbers."""
    remedy: str
    """What to do instead; a text without an item's numbers."""


@immutable
class Claim:
    """One thing that the subject says, and that questions examine."""

    title: str
    """A few words for tables."""
    claim: str
    """The whole sentence; a text."""


@immutable
class MisconceptionFile:
    """What `misconceptions.yaml` says."""

    misconceptions: Mapping[str, KnownMisconception]
    """The mistakes by id."""


@immutable
class ClaimFile:
    """What `claims.yaml` says."""

    claims: Mapping[str, Claim]
    """The claims by id, such as S1."""


@immutable
class Catalogues:
    """The catalogues of one or more banks together; one that is empty, since there is no such file, allows any id."""

    misconceptions: Mapping[str, KnownMisconception]
    claims: Mapping[str, Claim]


def reference_faults(template: ItemTemplate, catalogues: Catalogues) -> Iterator[tuple[Path, str, str]]:
    """Path, message and hint for each id in ``template`` that no catalogue knows."""
    for index, claim in enumerate(template.claims if catalogues.claims else ()):
        if claim not in catalogues.claims:
            hint = f"{did_you_mean(claim, catalogues.claims)}; a new one is written into claims.yaml"
            yield ("claims", index), f"no claim named {claim!r}", hint
    for path, name in named_misconceptions(template) if catalogues.misconceptions else ():
        if name not in catalogues.misconceptions:
            hint = f"{did_you_mean(name, catalogues.misconceptions)}; a new one is written into misconceptions.yaml"
            yield path, f"no misconception named {name!r}", hint


def named_misconceptions(template: ItemTemplate) -> Iterator[tuple[Path, str]]:
    """Every mistake that a template refers to, with the path to it."""
    for index, part in enumerate(template.parts):
        for name in part.misconceptions:
            yield ("parts", index, "misconceptions", name), name
        for place, name in ITEM_TYPES[part.type].mistakes(part.spec):
            yield ("parts", index, part.type, *place), name


def with_names(template: ItemTemplate, known: Mapping[str, KnownMisconception]) -> ItemTemplate:
    """The template whose misconceptions are called as the catalogue calls them, and say what it says where they do not.

    Those that the catalogue does not know stay as they are.
    """
    return replace(template, parts=tuple(_part(part, known) for part in template.parts))


def _part(part: PartSpec, known: Mapping[str, KnownMisconception]) -> PartSpec:
    named = {name: _named(spec, known[name]) if name in known else spec for name, spec in part.misconceptions.items()}
    return replace(part, misconceptions=named)


def _named(spec: MisconceptionSpec, known: KnownMisconception) -> MisconceptionSpec:
    because = spec.because if spec.because.strip() else f"{known.why.strip()} {known.remedy.strip()}"
    return replace(spec, name=known.name, because=because)
