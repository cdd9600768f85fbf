"""A folder for each student, whatever the student is called."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

LONGEST: Final = 60
# Windows keeps these names for devices: no folder can be called so there.
DEVICES: Final = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9]+")


def folder_names(students: Iterable[str]) -> Mapping[str, str]:
    """A name for each student that any file system takes; two students never share one, not even by case.

    A name that had to be changed, or that another student's resembles, ends in a digest of what it stands for.
    """
    names = {student: _UNSAFE.sub("-", student).strip("-")[:LONGEST] for student in students}
    counts = Counter(name.lower() for name in names.values())
    taken = {name for name, number in counts.items() if number > 1} | DEVICES
    return {
        student: name if name == student and name.lower() not in taken else f"{name}-{_digest(student)}".lstrip("-")
        for student, name in names.items()
    }


def _digest(student: str) -> str:
    return hashlib.sha256(student.encode()).hexdigest()[:8]
