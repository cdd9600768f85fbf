"""Which files make a bank, and no others.

``<topic>/topic.yaml``, ``<topic>/<id>.yaml``, ``blueprints/<id>.yaml``, ``misconceptions.yaml`` and ``claims.yaml``.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from quizgen.errors import Fault, Place, UsageError
from quizgen.values import immutable

BLUEPRINTS: Final = "blueprints"
TOPIC_FILE: Final = "topic.yaml"
MISCONCEPTION_FILE: Final = "misconceptions.yaml"
CLAIM_FILE: Final = "claims.yaml"


@immutable
class BankFiles:
    """The files of one or more banks, each kind in sorted order; a fault for each YAML file that is none of them."""

    topics: tuple[Path, ...]
    templates: tuple[Path, ...]
    blueprints: tuple[Path, ...]
    misconceptions: tuple[Path, ...]
    claims: tuple[Path, ...]
    strays: tuple[Fault, ...]


def find_files(folders: list[Path]) -> BankFiles:
    """The files of the banks in ``folders``; a folder that is named twice counts once.

    Raises: UsageError where there is no such folder, or nothing in any of them.
    """
    for folder in folders:
        if not is_folder(folder):
            hint = "name the folder that holds the topics' folders" if folder.exists() else ""
            raise UsageError(f"{folder}: no such folder", hint=hint)
    once = list({folder.resolve(): folder for folder in folders}.values())
    found = [path for folder in once for path in sorted(folder.glob("*/*.yaml")) if _is_visible(path, folder)]
    if not found:
        names = ", ".join(map(str, folders))
        raise UsageError(f"{names}: no bank", hint=f"a bank holds <topic>/{TOPIC_FILE} and <topic>/<id>.yaml")
    misconceptions, claims = find_catalogues(once)
    in_topics = [path for path in found if path.parent.name != BLUEPRINTS]
    return BankFiles(
        topics=tuple(path for path in in_topics if path.name == TOPIC_FILE),
        templates=tuple(path for path in in_topics if path.name != TOPIC_FILE),
        blueprints=tuple(path for path in found if path.parent.name == BLUEPRINTS),
        misconceptions=misconceptions,
        claims=claims,
        strays=tuple(stray for folder in once for stray in _strays(folder)),
    )


def find_catalogues(folders: Iterable[Path]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """The files of misconceptions and the files of claims of the banks in ``folders``."""
    once = list({folder.resolve(): folder for folder in folders}.values())
    misconceptions = tuple(path for folder in once if (path := folder / MISCONCEPTION_FILE).is_file())
    claims = tuple(path for folder in once if (path := folder / CLAIM_FILE).is_file())
    return misconceptions, claims


def is_folder(path: Path) -> bool:
    """Whether there is such a folder.  Raises: UsageError if the system cannot look, as for a name that is too long."""
    try:
        path.resolve()
        return path.is_dir()
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead back to themselves
        reason = error.strerror if isinstance(error, OSError) else "its links lead back to themselves"
        raise UsageError(f"{path}: no such folder: {reason}") from None


def is_topic_folder(path: Path) -> bool:
    """Whether a folder holds the files of one topic (or the blueprints), rather than the folders of a bank."""
    return is_folder(path) and any(path.glob("*.yaml")) and not any(path.glob("*/*.yaml"))


def _strays(folder: Path) -> Iterator[Fault]:
    """YAML files that would be left out silently, though their author means them; a folder is no catalogue either."""
    for pattern in ("*.yaml", "*.yml", "*/*.yml", "*/*/*.yaml", "*/*/*.yml"):
        for path in sorted(folder.glob(pattern)):
            is_catalogue = path in (folder / MISCONCEPTION_FILE, folder / CLAIM_FILE) and path.is_file()
            if _is_visible(path, folder) and not is_catalogue:
                hint = f"a bank holds <topic>/<id>.yaml and {BLUEPRINTS}/<id>.yaml"
                yield Fault(message="is no file of a bank", place=Place(path=path), hint=hint)


def _is_visible(path: Path, folder: Path) -> bool:
    return not any(step.startswith(".") for step in path.relative_to(folder).parts)
