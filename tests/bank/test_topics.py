"""Topics: what study sheets need of them, and what is wrong with a demonstration, told where it stands."""

from pathlib import Path
from shutil import copytree

import pytest

from quizgen.bank.load import load_bank
from quizgen.errors import FileFaults

EXAMPLE = Path(__file__).parent / "example"
DEMONSTRATION = """\
demonstration:
  draw:
    w: {uniform: [0.5, 0.9], decimals: 2}
  simulate:
    chain: {experiment: scalar_chain, weight: w, timesteps: 40}
  given:
    left: chain.product[40] to 2 figures
  text: |
    With << w >> per timestep << left >> is left.
  figure:
    kind: semilog
    title: |
      What is left
    x: lag k
    y: derivative
    lines:
      measured: chain.product
    marks:
      - {axis: y, at: 1.18e-38, label: float32}
    alt: |
      A line that falls to << left >>.
self_test: [one-unit]
"""


@pytest.fixture
def topic(tmp_path) -> Path:
    """The topic of a copy of the example bank, with a demonstration."""
    path = copytree(EXAMPLE, tmp_path / "bank") / "chains" / "topic.yaml"
    path.write_text(path.read_text(encoding="utf-8") + DEMONSTRATION, encoding="utf-8")
    return path


def faults(topic: Path, old: str, new: str) -> list[str]:
    """What is wrong after a change, without the lines that the example begins with."""
    before = topic.read_text(encoding="utf-8")
    assert old in before
    topic.write_text(before.replace(old, new), encoding="utf-8")
    with pytest.raises(FileFaults) as caught:
        load_bank([topic.parent.parent])
    return [str(fault).partition("topic.yaml:")[2] for fault in caught.value.faults]


def test_a_demonstration_has_the_sections_of_an_item_template(topic):
    """Drawn, simulated, given, and a figure with marks."""
    loaded = load_bank([topic.parent.parent]).topics["chains"]
    assert loaded.demonstration.simulate["chain"].experiment == "scalar_chain"
    assert loaded.demonstration.figure.marks[0].label == "float32"
    assert loaded.self_test == ("one-unit",)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("experiment: scalar_chain", "experiment: scalar_chian", "no experiment named 'scalar_chian'"),
        ("chain.product\n", "chain.prodct\n", "demonstration.figure.lines.measured: scalar_chain does not measure"),
        ("weight: w", "weight: v", "demonstration.simulate.chain.weight: nothing before this is named 'v'"),
        ("With << w >>", "With << v >>", "demonstration.text: nothing here is named 'v'"),
        ("kind: semilog", "kind: semilogy", "demonstration.figure.kind: no figure named 'semilogy'"),
        ("axis: y", "axis: radius", "demonstration.figure.marks[0].axis: a figure of the kind semilog has no radius"),
        ("axis: y", "axis: z", "demonstration.figure.marks[0].axis: 'z'"),
        ("at: 1.18e-38", "at: lost", "demonstration.figure.marks[0].at: nothing before this is named 'lost'"),
        ("    x: lag k", "    over: chain.rate\n    x: lag k", "demonstration.figure.over: 'rate' is one number"),
        ("  text: |", "  texts: |", "demonstration.texts: no such key"),
        ("[one-unit]", "[one-unot]", "self_test[0]: no item template named 'one-unot'"),
    ],
)
def test_a_fault_is_told_where_it_stands(topic, old, new, message):
    """With the line and the path of the entry in the topic's own file."""
    found = faults(topic, old, new)
    assert any(message in fault for fault in found), found
    assert all(fault[0].isdigit() for fault in found)


def test_an_idea_has_one_of_the_known_names(topic):
    """A formula that belongs nowhere would be lost silently."""
    before = topic.read_text(encoding="utf-8")
    topic.write_text(before.replace("    meaning: |", "    idea: efect\n    meaning: |", 1), encoding="utf-8")
    with pytest.raises(FileFaults, match=r"formulas\[0\].idea: 'efect'"):
        load_bank([topic.parent.parent])
