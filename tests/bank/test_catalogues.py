"""The catalogues of a bank: mistakes and claims that templates refer to by their ids."""

from pathlib import Path
from shutil import copytree

import pytest

from quizgen.bank.load import load_bank, read_templates
from quizgen.errors import FileFaults

EXAMPLE = Path(__file__).parent / "example"
MISCONCEPTIONS = """\
misconceptions:
  adds:
    name: adds the factors
    why: |
      The chain rule multiplies the $T$ factors.
    remedy: |
      Raise the factor to the power $T$.
"""
CLAIMS = """\
claims:
  S1: {title: Products vanish, claim: A product of many small factors is almost 0.}
  S12: {title: Long sequences, claim: Many factors make it smaller.}
"""


@pytest.fixture
def bank(tmp_path) -> Path:
    """A copy of the example bank with catalogues."""
    folder = copytree(EXAMPLE, tmp_path / "bank")
    (folder / "misconceptions.yaml").write_text(MISCONCEPTIONS)
    (folder / "claims.yaml").write_text(CLAIMS)
    return folder


def faults(folder: Path) -> list[str]:
    with pytest.raises(FileFaults) as caught:
        load_bank([folder])
    return [str(fault).replace(f"{folder}/", "") for fault in caught.value.faults]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_mistake_is_called_as_the_catalogue_calls_it(bank):
    """What the template says of it comes first."""
    adds = load_bank([bank]).templates["one-unit"].parts[0].misconceptions["adds"]
    assert (adds.name, adds.because.strip()) == ("adds the factors", "You added the factors.")


def test_the_catalogue_speaks_where_a_template_does_not(bank):
    """A template may leave out ``because``."""
    template = bank / "chains" / "one-unit.yaml"
    lines = template.read_text().splitlines(keepends=True)
    start = next(i for i, line in enumerate(lines) if "adds:" in line)
    end = next(i for i in range(start + 1, len(lines)) if "because" in lines[i])
    indent = len(lines[end]) - len(lines[end].lstrip())
    stop = next(i for i in range(end + 1, len(lines)) if len(lines[i]) - len(lines[i].lstrip()) <= indent)
    template.write_text("".join(lines[:end] + lines[stop:]))
    loaded = load_bank([bank]).templates["one-unit"]
    because = loaded.parts[0].misconceptions["adds"].because
    assert because == "The chain rule multiplies the $T$ factors. Raise the factor to the power $T$."


def test_an_unknown_id_is_a_fault_with_the_nearest_known(bank):
    """For mistakes and for claims."""
    change(bank / "chains" / "one-unit.yaml", "adds", "add")
    change(bank / "chains" / "one-unit.yaml", "claims: [S1, S12]", "claims: [S1, S2]")
    found = faults(bank)
    assert any("no misconception named 'add'" in fault and "'adds'" in fault for fault in found)
    assert any("no claim named 'S2'" in fault and "claims.yaml" in fault for fault in found)


def test_without_catalogues_any_id_will_do():
    """A small bank need not write any."""
    assert load_bank([EXAMPLE]).misconceptions == {}


def test_a_template_in_a_file_of_its_own_may_use_the_catalogue_of_its_bank(bank):
    """Its bank's, and those of the banks that are named."""
    path = bank / "chains" / "one-unit.yaml"
    assert read_templates([path])[0].parts[0].misconceptions["adds"].name
    assert read_templates([EXAMPLE / "chains" / "one-unit.yaml"])


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("misconceptions.yaml", "adds:", "Forgets:", "'Forgets' cannot be an id"),
        ("misconceptions.yaml", "Raise the", "Raise << rho >> or the", "remedy"),
        ("misconceptions.yaml", "    why:", "    whi:", "misconceptions.yaml:4:5"),
        ("misconceptions.yaml", "name: adds the factors", "name: |\n      a\n      b", "single line"),
        ("claims.yaml", "S1:", "vanish:", "'vanish' cannot be an id"),
    ],
)
def test_what_is_wrong_in_a_catalogue_is_told_at_its_place(bank, name, old, new, told):
    """As in every file of a bank; templates are not blamed for it."""
    change(bank / name, old, new)
    found = faults(bank)
    assert all(name in fault for fault in found if "cannot be an id" not in told)
    assert any(told in fault for fault in found)


def test_an_id_in_two_catalogues_is_a_fault(bank, tmp_path):
    """With both places."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "misconceptions.yaml").write_text(MISCONCEPTIONS)
    (other / "more").mkdir()
    (other / "more" / "topic.yaml").write_text("id: more\ntitle: More\norder: 9\n")
    with pytest.raises(FileFaults, match="'adds' stands in two files"):
        load_bank([bank, other])
