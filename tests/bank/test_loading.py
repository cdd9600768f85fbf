"""Loading whole banks: what is found, in which order, and every fault of every file at once."""

from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.bank.blueprint import Section
from quizgen.bank.load import load_bank, read_blueprint, read_template_text, read_templates
from quizgen.errors import FileFaults, UnknownNameError, UsageError
from quizgen.items import ITEM_TYPES

EXAMPLE = Path(__file__).parent / "example"


@pytest.fixture
def bank(tmp_path) -> Path:
    """A copy of the example bank, to be changed."""
    return copytree(EXAMPLE, tmp_path / "bank")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def faults(*folders: Path) -> list[str]:
    with pytest.raises(FileFaults) as caught:
        load_bank(folders)
    return [str(fault).replace(f"{folders[0]}/", "") for fault in caught.value.faults]


def test_a_bank_holds_its_templates_topics_and_blueprints():
    """Each is found by its id; a template keeps the text it was read from and its digest."""
    loaded = load_bank([EXAMPLE])
    source = (EXAMPLE / "chains" / "one-unit.yaml").read_bytes()
    assert list(loaded.templates) == ["one-unit"]
    assert loaded.templates["one-unit"].source == source.decode()
    assert loaded.templates["one-unit"].digest == sha256(source).hexdigest()
    assert (
        loaded.topics["chains"].formulas[0].formula == r"\frac{\partial h_T}{\partial h_0} = \prod_t w \, \varphi'(a_t)"
    )
    assert loaded.blueprints["short"].sections == (
        Section(topics=("chains",), questions=1, levels=("apply", "analyse"), types=("numeric",)),
        Section(topics=("chains",), questions=1),
    )
    with pytest.raises(UnknownNameError, match="no item template named 'one-unot'"):
        loaded.templates["one-unot"]


def test_the_digest_does_not_depend_on_the_ends_of_lines(bank):
    """A checkout with carriage returns is the same bank."""
    path = bank / "chains" / "one-unit.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_bank([bank]).templates["one-unit"].digest == load_bank([EXAMPLE]).templates["one-unit"].digest


def test_templates_stand_in_the_order_of_their_topics(bank):
    """Topics by their order, templates of a topic by their ids, whatever the names of folders."""
    copytree(bank / "chains", bank / "a-later-topic")
    change(bank / "a-later-topic" / "topic.yaml", "id: chains", "id: a-later-topic")
    change(bank / "a-later-topic" / "topic.yaml", "order: 1", "order: 2")
    (bank / "a-later-topic" / "one-unit.yaml").rename(bank / "a-later-topic" / "a-later-unit.yaml")
    change(bank / "a-later-topic" / "a-later-unit.yaml", "id: one-unit", "id: a-later-unit")
    change(bank / "a-later-topic" / "a-later-unit.yaml", "topic: chains", "topic: a-later-topic")
    loaded = load_bank([bank])
    assert list(loaded.topics) == ["chains", "a-later-topic"]
    assert list(loaded.templates) == ["one-unit", "a-later-unit"]


def test_a_second_bank_may_add_to_the_topics_of_the_first(bank, tmp_path):
    """A folder of one's own needs no topic file for a topic that is known."""
    own = tmp_path / "own" / "chains"
    own.mkdir(parents=True)
    (bank / "chains" / "one-unit.yaml").rename(own / "my-unit.yaml")
    change(own / "my-unit.yaml", "id: one-unit", "id: my-unit")
    change(bank / "chains" / "topic.yaml", "one-unit", "my-unit")
    assert list(load_bank([bank, tmp_path / "own"]).templates) == ["my-unit"]


def test_an_id_in_two_banks_is_refused_with_both_places(bank):
    """Neither file wins silently."""
    found = faults(bank, EXAMPLE)
    first = EXAMPLE / "chains" / "one-unit.yaml"
    assert (
        f"{first}:1:5: id: 'one-unit' stands in two files\n  hint: the other one stands in chains/one-unit.yaml:1:5"
        in found
    )
    assert len(found) == 3  # its topic and its blueprint as well


def test_faults_of_all_files_come_at_once_in_the_order_of_files_and_lines(bank):
    """One file that cannot be read hides nothing of the others."""
    change(bank / "chains" / "one-unit.yaml", "minutes: 12", "minutes: many")
    change(bank / "chains" / "topic.yaml", "order: 1", "order: first")
    change(bank / "chains" / "topic.yaml", "title:", "titel:")
    change(bank / "blueprints" / "short.yaml", "questions: 2", "questions: 2: 3")
    assert [fault.split("\n")[0] for fault in faults(bank)] == [
        "blueprints/short.yaml:3:13: not YAML: mapping values are not allowed in this context",
        "chains/one-unit.yaml:5:10: minutes: 'many': expected a number",
        "chains/topic.yaml:1:1: 'title' is missing",
        "chains/topic.yaml:2:1: titel: no such key",
        "chains/topic.yaml:3:8: order: 'first': expected a whole number",
    ]


def test_a_blueprint_is_checked_against_the_bank(bank):
    """Unknown topics and types, wrong sums and sections of no question are faults at their entries."""
    path = bank / "blueprints" / "short.yaml"
    change(
        path,
        "  - {topics: [chains], questions: 1}",
        "  - {topics: [chians], questions: 0}\n  - {without: [essay], questions: 3}",
    )
    change(path, "types: [numeric]", "types: [numeric, zzz]")
    change(path, "minutes: 20", "minutes: 0")
    assert faults(bank) == [
        "blueprints/short.yaml:3:12: questions: 2 questions, but the sections have 4",
        "blueprints/short.yaml:4:10: minutes: 0: expected a time greater than 0",
        "blueprints/short.yaml:11:22: sections[0].types[1]: no item type named 'zzz'\n"
        f"  hint: known: {', '.join(ITEM_TYPES)}",
        "blueprints/short.yaml:12:15: sections[1].topics[0]: no topic named 'chians'\n"
        "  hint: did you mean 'chains'? known: chains",
        "blueprints/short.yaml:12:35: sections[1].questions: 0: expected at least 1",
        "blueprints/short.yaml:13:16: sections[2].without[0]: no item type named 'essay'\n"
        f"  hint: known: {', '.join(ITEM_TYPES)}",
    ]


def test_what_is_printed_within_a_line_has_one_line(bank):
    """Titles of topics and blueprints, and the names of formulas, at their places."""
    change(bank / "chains" / "topic.yaml", "title: ", "title: |\n  ")
    change(bank / "blueprints" / "short.yaml", "title: ", "title: |\n  ")
    change(bank / "chains" / "topic.yaml", "name: Product", "name: |\n      Product\n     ")
    found = [fault.split("\n")[0] for fault in faults(bank)]
    assert [fault.split(":")[0] for fault in found] == ["blueprints/short.yaml", *["chains/topic.yaml"] * 2]
    assert all(fault.endswith("expected a single line") for fault in found)
    assert "formulas[0].name: 'Product\\nof factors'" in found[2]


@pytest.mark.parametrize(("parts", "wrong"), [(10, []), (11, ["parts: 11 parts: expected at most 10"])])
def test_a_template_has_ten_parts_at_the_most(bank, parts, wrong):
    """They are labelled from a to j."""
    path = bank / "chains" / "one-unit.yaml"
    part = "  - {{id: again{0}, points: 1, ask: Again?, numeric: {{key: gradient, rtol: 0.02}}}}\n"
    more = "".join(part.format(number) for number in range(parts - 5))
    change(path, "\nmodel_answer:\n", f"{more}\nmodel_answer:\n")
    assert [fault.split(": ", 1)[1].split("\n")[0] for fault in (faults(bank) if wrong else [])] == wrong
    if not wrong:
        assert len(load_bank([bank]).templates["one-unit"].parts) == parts


def test_the_texts_of_topics_and_blueprints_are_checked_too(bank):
    """A formula that does not parse, a name that nobody measured: at their places, before any page is made."""
    topic = bank / "chains" / "topic.yaml"
    change(topic, "  One unit, many timesteps.", "  One unit, $\\frac{1}$.")
    change(topic, r"\prod_t w", r"\prood_t w")
    change(topic, "example_template: one-unit", "example_template: one-unit\nexample: |\n  Measured: << norm >>.\n")
    change(bank / "blueprints" / "short.yaml", "Show your working.", "Take << n >>.")
    found = [fault.split("\n")[0] for fault in faults(bank)]
    assert [fault for fault in found if "instructions: nothing here is named 'n'" in fault]
    assert [fault for fault in found if "topic.yaml:5:" in fault]
    assert [fault for fault in found if "topic.yaml:8:" in fault]
    assert [fault for fault in found if "example: nothing here is named 'norm'" in fault]


def test_a_topic_may_print_the_numbers_of_a_template(bank):
    """What the template prints may stand in the topic's example; other names are faults."""
    topic = bank / "chains" / "topic.yaml"
    change(
        topic,
        "example_template: one-unit",
        "example_template: one-unit\nexample_numbers: one-unit\nexample: |\n  << w >>\n",
    )
    assert load_bank([bank]).topics["chains"].example_numbers == "one-unit"
    change(topic, "<< w >>", "<< nobody >>")
    assert "example: nothing here is named 'nobody'" in faults(bank)[0]


def test_a_topic_without_its_file_is_unknown(bank):
    """A folder becomes a topic by its topic.yaml."""
    (bank / "chains" / "topic.yaml").unlink()
    (bank / "blueprints" / "short.yaml").unlink()
    assert faults(bank) == [
        "chains/one-unit.yaml:3:8: topic: no topic named 'chains'\n  hint: write chains/topic.yaml; known: none"
    ]


def test_a_worked_example_must_be_in_the_bank(bank):
    """A study sheet cannot work through a template that is not there."""
    change(bank / "chains" / "topic.yaml", "example_template: one-unit", "example_template: one-unot")
    assert faults(bank) == [
        "chains/topic.yaml:11:19: example_template: no item template named 'one-unot'\n"
        "  hint: did you mean 'one-unit'? known: one-unit"
    ]


@pytest.mark.parametrize(
    "name", ["one-unit.yaml", "blueprints.yml", "chains/one-unit.yml", "chains/more/one-unit.yaml"]
)
def test_a_yaml_file_in_the_wrong_place_is_a_fault(bank, name):
    """A question is never left out silently."""
    (bank / name).parent.mkdir(exist_ok=True)
    (bank / name).write_text("id: one-unit\n")
    assert [fault.split("\n")[0] for fault in faults(bank)] == [f"{name}:1:1: is no file of a bank"]


def test_hidden_files_and_other_files_are_left_alone(bank):
    """An editor's own files and a readme are no part of a bank."""
    (bank / ".git").mkdir()
    (bank / ".git" / "x.yaml").write_text("{")
    (bank / "chains" / ".x.yaml").write_text("{")
    (bank / "chains" / "README.md").write_text("{")
    assert len(load_bank([bank]).templates) == 1


@pytest.mark.parametrize("name", ["One-Unit", "one_unit", "one--unit", "1-unit", "con unit"])
def test_a_file_name_that_can_be_no_id_is_a_fault(bank, name):
    """Ids become anchors, file names and keys of records: they are plain."""
    (bank / "chains" / "one-unit.yaml").rename(bank / "chains" / f"{name}.yaml")
    change(bank / "chains" / "topic.yaml", "example_template: one-unit", "")
    assert [fault.split("\n")[0] for fault in faults(bank)] == [f"chains/{name}.yaml:1:1: {name!r} cannot be an id"]


def test_no_folder_and_no_bank_are_wrong_usage(tmp_path):
    """A mistyped folder is told apart from a faulty bank."""
    with pytest.raises(UsageError, match="nowhere: no such folder"):
        load_bank([tmp_path / "nowhere"])
    with pytest.raises(UsageError, match="no bank"):
        load_bank([tmp_path])


def test_a_folder_that_cannot_be_looked_at_is_wrong_usage(tmp_path):
    """A link to itself and a name beyond the system's length are told as what they are."""
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(UsageError, match=r"loop: no such folder: its links lead back to themselves"):
        load_bank([tmp_path / "loop"])
    with pytest.raises(UsageError, match=r"aaa: no such folder: .*too long"):
        load_bank([tmp_path / ("a" * 300)])


def test_a_folder_that_is_named_twice_counts_once(bank):
    """However it is written."""
    assert len(load_bank([bank, bank / "chains" / ".."]).templates) == 1


def test_a_template_is_read_back_from_its_own_source():
    """The text that a record keeps is enough to make the template again, digest included."""
    template = load_bank([EXAMPLE]).templates["one-unit"]
    again = read_template_text(template.source, name="one-unit")
    assert (again.digest, again.parts, again.draw) == (template.digest, template.parts, template.draw)


def test_a_template_text_is_checked_as_deeply_as_a_file():
    """Names and expressions of a text from elsewhere are checked before anything runs."""
    source = load_bank([EXAMPLE]).templates["one-unit"].source.replace("gradient ** 2", "gradiant ** 2")
    with pytest.raises(FileFaults, match=r"one-unit:19:13: compute\.square: .*'gradiant'"):
        read_template_text(source, name="one-unit")


def test_templates_are_read_without_the_bank_around_them(bank):
    """While one file is written, the faults of the others do not matter."""
    (bank / "chains" / "topic.yaml").write_text("{")
    (bank / "chains" / "broken.yaml").write_text("{")
    assert [template.id for template in read_templates([bank / "chains" / "one-unit.yaml"])] == ["one-unit"]
    with pytest.raises(FileFaults, match="broken"):
        read_templates([bank / "chains" / "one-unit.yaml", bank / "chains" / "broken.yaml"])


def test_a_blueprint_may_lie_outside_the_bank(tmp_path):
    """A teacher's own blueprint is checked against the bank that it is used with."""
    loaded = load_bank([EXAMPLE])
    path = tmp_path / "mine.yaml"
    path.write_text("id: mine\ntitle: Mine\nquestions: 1\nsections: [{topics: [chains], questions: 1}]\n")
    assert read_blueprint(path, loaded).minutes is None
    change(path, "chains", "chain")
    with pytest.raises(FileFaults, match="no topic named 'chain'"):
        read_blueprint(path, loaded)
    with pytest.raises(UsageError, match="no such file"):
        read_blueprint(tmp_path / "short.yaml", loaded)


BITS = st.sampled_from(
    ["[", "]", "{", "}", ":", ": ", "- ", '"', "'", "|", "\n", "  ", "<<", ">>", "$", "null", "1e9", "("]
)
SOURCE = (EXAMPLE / "chains" / "one-unit.yaml").read_text(encoding="utf-8")


@given(st.lists(st.tuples(st.integers(0, len(SOURCE)), st.integers(0, 60), BITS | st.just("")), min_size=1, max_size=4))
def test_however_a_template_is_broken_its_author_hears_of_faults(cuts):
    """Text cut out and put in at random gives a template or faults, and never another error."""
    source = SOURCE
    for start, length, bit in cuts:
        source = source[:start] + bit + source[start + length :]
    with suppress(FileFaults):
        read_template_text(source, name="one-unit")


@pytest.mark.parametrize("name", ["misconceptions.yaml", "claims.yaml"])
def test_a_folder_named_as_a_catalogue_is_a_fault(bank, name):
    """Else its ids would be allowed to be anything, silently."""
    (bank / name).mkdir()
    (bank / name / "more.yaml").write_text("claims: {}\n")
    assert any(f"{name}:1:1: is no file of a bank" in fault for fault in faults(bank))
