"""What an author may write in the files of a bank, as pydantic reads it and as JSON Schema for editors."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Final, Generic, TypeVar

from pydantic import AfterValidator, Field, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from quizgen.bank.authored import TEXT, Twins, authored, keys_at, twin
from quizgen.bank.blueprint import Blueprint
from quizgen.bank.catalogues import ClaimFile, MisconceptionFile
from quizgen.bank.schema_faults import schema_faults
from quizgen.bank.topic import Topic
from quizgen.bank.yaml_file import YamlFile
from quizgen.errors import FileFaults
from quizgen.experiments import EXPERIMENTS
from quizgen.experiments.contract import Experiment, Parameter
from quizgen.figures import FIGURES
from quizgen.items import GAP_TYPES, ITEM_TYPES
from quizgen.items.cloze import GapSpec
from quizgen.items.contract import ItemType
from quizgen.items.template import FigureSpec, ItemTemplate, MisconceptionSpec, PartSpec, Simulation
from quizgen.registry import Registry
from quizgen.values import immutable

T = TypeVar("T")

KINDS: Final[Registry[Any]] = Registry(
    "kind of file",
    {
        "template": ItemTemplate,
        "topic": Topic,
        "blueprint": Blueprint,
        "misconceptions": MisconceptionFile,
        "claims": ClaimFile,
    },
)


@immutable
class FileSchema(Generic[T]):
    """How one kind of file is written: ``hint`` is its strict type, ``adapter`` reads it."""

    hint: Any
    adapter: TypeAdapter[T]

    def read(self, file: YamlFile) -> T:
        """The value that a file holds.  Raises: FileFaults with all that does not fit, in the order of its lines."""
        try:
            return self.adapter.validate_python(file.value)
        except ValidationError as error:
            details = error.errors(include_url=False)
            raise FileFaults(schema_faults(file, details, lambda entry: keys_at(self.hint, entry))) from None


@cache
def file_schema(cls: type[T]) -> FileSchema[T]:
    """How ``cls`` (ItemTemplate, Topic, Blueprint or a catalogue) is written in a file of its own."""
    if cls is ItemTemplate:
        hint = twin(cls, _special(), leave_out=("source", "digest"))
    else:
        hint = authored(cls, _simulated() if cls is Topic else {})
    return FileSchema(hint=hint, adapter=TypeAdapter(hint))


def json_schema(kind: str = "template") -> dict[str, Any]:
    """The JSON Schema of a kind of file, for editors that complete and check while one writes.

    Raises: UnknownNameError unless ``kind`` is one of `KINDS`.
    """
    schema = file_schema(KINDS[kind]).adapter.json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _simulated() -> Twins:
    """Of the dataclasses whose YAML differs from their fields those that demonstrations have."""
    simulation = Annotated[
        dict[str, TEXT],
        AfterValidator(_simulation),
        Field(description=Simulation.__doc__, json_schema_extra=_simulation_schema),
    ]
    return {Simulation: simulation, FigureSpec: twin(FigureSpec, {}, refine=_figure_schema)}


def _special() -> Twins:
    """All dataclasses whose YAML differs from their fields."""
    special: dict[type, Any] = {**_simulated()}
    special[MisconceptionSpec] = twin(MisconceptionSpec, special, leave_out=("name",))
    special[GapSpec] = _typed(GapSpec, GAP_TYPES, special, "What belongs into a gap", "how the gap is filled")
    special[PartSpec] = _typed(
        PartSpec, ITEM_TYPES, special, "One thing to answer, worth points", "how the part is answered"
    )
    return special


# -- a run: the name of its experiment among its arguments ------------------------------------------------------------


def _simulation(written: Mapping[str, str]) -> Simulation:
    if "experiment" not in written:
        hint = f"add experiment: and one of {', '.join(EXPERIMENTS)}"
        raise PydanticCustomError("run", "'experiment' is missing", {"hint": hint})
    arguments = {name: value for name, value in written.items() if name != "experiment"}
    return Simulation(experiment=written["experiment"], arguments=arguments)


def _simulation_schema(schema: dict[str, Any]) -> None:
    schema.pop("additionalProperties", None)
    schema["required"] = ["experiment"]
    schema["oneOf"] = [_experiment_schema(name, experiment) for name, experiment in EXPERIMENTS.items()]


def _experiment_schema(name: str, experiment: Experiment) -> dict[str, Any]:
    arguments = {parameter.name: _parameter_schema(parameter) for parameter in experiment.parameters}
    return {
        "title": experiment.title,
        "properties": {"experiment": {"const": name, "description": experiment.title}, **arguments},
        "additionalProperties": False,
    }


def _parameter_schema(parameter: Parameter) -> dict[str, Any]:
    if parameter.kind == "word":
        return {"enum": list(parameter.words), "description": parameter.meaning}
    return {"type": ["string", "number"], "description": f"{parameter.meaning}; an expression"}


# -- a part, or a gap: its item type is the key that its own fields stand under ---------------------------------------


def _typed(cls: type[Any], types: Registry[ItemType[Any, Any]], special: Twins, meaning: str, how: str) -> Any:
    """How ``cls``, whose fields ``type`` and ``spec`` say how it is answered, is written: with one of ``types``."""

    def make(written: Mapping[str, Any]) -> Any:
        common = {name: value for name, value in written.items() if name not in types}
        found = {name: written[name] for name in types if written[name] is not None}
        if len(found) != 1:
            context = {"found": " and ".join(found) or "no item type", "hint": f"{how}: {', '.join(types)}"}
            raise PydanticCustomError("part", "{found}: expected exactly one item type", context)
        [(name, spec)] = found.items()
        return cls(type=name, spec=spec, **common)

    def refine(schema: dict[str, Any]) -> None:
        schema["description"] = f"{meaning}. It has exactly one of {', '.join(types)}."
        for name in types:
            schema["properties"][name].pop("default", None)
        schema["oneOf"] = [{"required": [name]} for name in types]

    instead = {name: authored(kind.spec, special) for name, kind in types.items()}
    return twin(cls, special, leave_out=("type", "spec"), instead=instead, make=make, refine=refine)


def _figure_schema(schema: dict[str, Any]) -> None:
    schema["properties"]["kind"]["enum"] = list(FIGURES)
