"""What an author may write in the files of a bank, as pydantic reads it and as JSON Schema for editors."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Generic, TypeVar

from pydantic import AfterValidator, Field, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from quizgen.bank.authored import TEXT, Twins, authored, keys_at, twin
from quizgen.bank.schema_faults import schema_faults
from quizgen.bank.yaml_file import YamlFile
from quizgen.errors import FileFaults
from quizgen.experiments import EXPERIMENTS
from quizgen.experiments.contract import Experiment, Parameter
from quizgen.figures import FIGURES
from quizgen.items import ITEM_TYPES
from quizgen.items.template import FigureSpec, ItemTemplate, MisconceptionSpec, PartSpec, Simulation

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
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
    is_template = cls is ItemTemplate
    hint = twin(cls, _special(), leave_out=("source", "digest")) if is_template else authored(cls, {})
    return FileSchema(hint=hint, adapter=TypeAdapter(hint))


def json_schema() -> dict[str, Any]:
    """The JSON Schema of an item template, for editors that complete and check while one writes."""
    schema = file_schema(ItemTemplate).adapter.json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _special() -> Twins:
    """The dataclasses whose YAML differs from their fields."""
    simulation = Annotated[
        dict[str, TEXT],
        AfterValidator(_simulation),
        Field(description=Simulation.__doc__, json_schema_extra=_simulation_schema),
    ]
    special: dict[type, Any] = {Simulation: simulation}
    special[MisconceptionSpec] = twin(MisconceptionSpec, special, leave_out=("name",))
    special[FigureSpec] = twin(FigureSpec, special, refine=_figure_schema)
    special[PartSpec] = twin(
        PartSpec,
        special,
        leave_out=("type", "spec"),
        instead={name: authored(kind.spec, special) for name, kind in ITEM_TYPES.items()},
        make=_part,
        refine=_part_schema,
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


# -- a part: its item type is the key that its own fields stand under -------------------------------------------------


def _part(written: Mapping[str, Any]) -> PartSpec:
    common = {name: value for name, value in written.items() if name not in ITEM_TYPES}
    found = {name: written[name] for name in ITEM_TYPES if written[name] is not None}
    if len(found) != 1:
        hint = f"how the part is answered: {', '.join(ITEM_TYPES)}"
        context = {"found": " and ".join(found) or "no item type", "hint": hint}
        raise PydanticCustomError("part", "{found}: expected exactly one item type", context)
    [(name, spec)] = found.items()
    return PartSpec(type=name, spec=spec, **common)


def _part_schema(schema: dict[str, Any]) -> None:
    schema["description"] = f"One thing to answer, worth points. It has exactly one of {', '.join(ITEM_TYPES)}."
    for name in ITEM_TYPES:
        schema["properties"][name].pop("default", None)
    schema["oneOf"] = [{"required": [name]} for name in ITEM_TYPES]


def _figure_schema(schema: dict[str, Any]) -> None:
    schema["properties"]["kind"]["enum"] = list(FIGURES)
