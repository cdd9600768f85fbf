"""``quizgen bank``, as a person types it: exact output, exit codes, and what bad input leads to."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from quizgen import api
from quizgen.bank.bank import load_bank
from quizgen.cli.bank import bank
from quizgen.errors import FileFaults, QuizgenError, UnknownNameError, UsageError
from quizgen.items.template import ItemTemplate


@pytest.fixture(autouse=True)
def empty_folder(tmp_path, monkeypatch) -> None:
    """Every command runs in an empty folder, with that folder's bank as the one that comes with quizgen."""
    monkeypatch.chdir(tmp_path)
    for module in ("quizgen.api", "quizgen.shipped"):
        monkeypatch.setattr(f"{module}.QUESTION_BANK", Path("question_bank"))


def run(*arguments: str) -> str:
    return CliRunner().invoke(bank, arguments, catch_exceptions=False).output


def fails(error: type[QuizgenError], *arguments: str) -> str:
    with pytest.raises(error) as caught:
        run(*arguments)
    return str(caught.value)


def break_template(old: str, new: str) -> None:
    path = Path("question_bank/practice/mine.yaml")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_new_writes_a_template_that_loads_and_passes_the_check():
    """What an author begins with works, and says what to do next."""
    assert run("new", "mine").splitlines() == [
        "Wrote question_bank/practice/mine.yaml",
        "Next: change it, look at it, and certify it:",
        "  quizgen bank show mine --bank question_bank",
        "  quizgen bank check question_bank/practice/mine.yaml",
    ]
    assert list(load_bank([Path("question_bank")]).topics) == ["practice"]
    assert run("check", "question_bank/practice/mine.yaml", "--seeds", "20").splitlines() == [
        "        id    first draw  drawn again for",
        "passed  mine       100 %",
        "All passed: 1 of 1 on 20 seeds each.",
    ]


def test_new_adds_to_a_topic_that_is_there():
    """The topic's own file is left as it is."""
    run("new", "mine", "--topic", "gates", "--bank", "own")
    topic = Path("own/gates/topic.yaml")
    topic.write_text(topic.read_text(encoding="utf-8").replace("New topic", "Gates"), encoding="utf-8")
    run("new", "another", "--topic", "gates", "--bank", "own")
    loaded = load_bank([Path("own")])
    assert list(loaded.templates) == ["another", "mine"]
    assert loaded.topics["gates"].title == "Gates"


def test_new_overwrites_nothing():
    """A template that is there stays as it is."""
    run("new", "mine")
    break_template("minutes: 4", "minutes: 5")
    assert "question_bank/practice/mine.yaml exists already" in fails(UsageError, "new", "mine")
    assert load_bank([Path("question_bank")]).templates["mine"].minutes == 5


@pytest.mark.parametrize("arguments", [("Mine",), ("../mine",), ("mine", "--topic", "../x"), ("mine", "--topic", "")])
def test_new_refuses_what_can_be_no_id(arguments):
    """An id becomes a file's name: nothing is written outside of the bank."""
    assert "cannot be an id" in fails(UsageError, "new", *arguments)
    assert list(Path().iterdir()) == []


def follow(lines: list[str]) -> list[str]:
    """What the commands print that ``new`` names as the next ones."""
    commands = [line.split() for line in lines if line.startswith("  quizgen bank ")]
    assert len(commands) == 2
    return [run(*words[2:]) for words in commands]


def test_new_adds_to_a_topic_that_comes_with_quizgen():
    """No second topic.yaml is written, and the commands that are named as the next ones work."""
    run("new", "shipped", "--topic", "gates")
    lines = run("new", "mine", "--topic", "gates", "--bank", "own").splitlines()
    assert [str(path) for path in Path("own").rglob("*.yaml")] == ["own/gates/mine.yaml"]
    shown, checked = follow(lines)
    assert "One factor, many timesteps" in shown
    assert "All passed: 1 of 1" in checked
    assert "All passed: 1 of 1" in run("check", "own", "--seeds", "2")


def test_new_begins_a_topic_that_is_not_there():
    """Its topic.yaml is written too, and the next commands work."""
    run("new", "shipped", "--topic", "gates")
    lines = run("new", "mine", "--topic", "norms", "--bank", "own").splitlines()
    assert Path("own/norms/topic.yaml").exists()
    assert "All passed: 1 of 1" in follow(lines)[1]


def test_new_refuses_an_id_that_is_taken_elsewhere():
    """An id stands in one file of all banks, whatever its topic."""
    run("new", "taken", "--topic", "gates")
    message = "question_bank/gates/taken.yaml exists already"
    assert message in fails(UsageError, "new", "taken", "--topic", "norms", "--bank", "own")
    assert not Path("own").exists()


@pytest.mark.parametrize("arguments", [("mine", "--topic", "blueprints"), ("topic",)])
def test_new_refuses_the_names_that_mean_something_else(arguments):
    """A template in blueprints/ would be read as a blueprint, and topic.yaml as a topic."""
    assert "could hold no item template" in fails(UsageError, "new", *arguments)
    assert list(Path().iterdir()) == []


def test_check_of_a_topics_folder():
    """Its templates are certified, and no others; its topic.yaml is read with its bank."""
    run("new", "shipped", "--topic", "gates")
    run("new", "mine", "--bank", "own")
    run("new", "yours", "--topic", "other", "--bank", "own")
    assert run("check", "own/practice", "--seeds", "2").splitlines() == [
        "own/practice/topic.yaml: a topic, nothing wrong with it",
        "        id    first draw  drawn again for",
        "passed  mine       100 %",
        "All passed: 1 of 1 on 2 seeds each.",
    ]


def test_check_of_a_topic():
    """A topic has nothing to certify: it is said to be one, and its faults are told."""
    run("new", "shipped", "--topic", "gates")
    run("new", "mine", "--bank", "own")
    path = Path("own/practice/topic.yaml")
    assert run("check", str(path)) == f"{path}: a topic, nothing wrong with it\n"
    assert run("check", str(path), "--bank", "own", "--seeds", "2").endswith("All passed: 1 of 1 on 2 seeds each.\n")
    path.write_text(path.read_text(encoding="utf-8").replace("order: 100", "order: first"), encoding="utf-8")
    assert "order: 'first': expected a whole number" in fails(FileFaults, "check", str(path))


@pytest.mark.parametrize("path", ["own/blueprints/short.yaml", "short.yaml"])
def test_check_of_a_blueprint(path):
    """In its bank or beside it, a blueprint is known as one and checked as one."""
    run("new", "shipped", "--topic", "gates")
    run("new", "mine", "--bank", "own" if path.startswith("own") else "question_bank")
    Path(path).parent.mkdir(exist_ok=True)
    lines = "id: short\ntitle: Short\nquestions: 1\nsections: [{topics: [practice], questions: 1}]\n"
    Path(path).write_text(lines, encoding="utf-8")
    assert run("check", path) == f"{path}: a blueprint, nothing wrong with it\n"
    Path(path).write_text(lines.replace("practice", "practise"), encoding="utf-8")
    assert "no topic named 'practise'" in fails(FileFaults, "check", path)


def test_check_prints_each_row_as_it_comes(monkeypatch):
    """What is known before a later template breaks off is on the page already."""
    run("new", "mine")
    run("new", "yours")
    certify = api.check_template

    def interrupted(template: ItemTemplate, *, seeds: int) -> api.TemplateCheck:
        if template.id == "yours":
            raise KeyboardInterrupt
        return certify(template, seeds=seeds)

    monkeypatch.setattr("quizgen.api.check_template", interrupted)
    output = CliRunner().invoke(bank, ["check", "--seeds", "2"]).output
    assert output.splitlines()[:2] == ["        id     first draw  drawn again for", "passed  mine        100 %"]


def test_a_path_that_the_system_cannot_follow_is_wrong_usage():
    """Links that lead back to themselves, and a name that is too long, are no fault of quizgen."""
    Path("loop").symlink_to("loop")
    for name in ("loop", "a" * 300):
        assert f"{name}: no such folder" in fails(UsageError, "check", name)


def test_list_shows_a_line_for_each_template():
    """Id, topic, level, points, minutes, item types and title, in columns."""
    run("new", "mine")
    run("new", "yours", "--topic", "other")
    assert run("list").splitlines() == [
        "id     topic     level  points  minutes  types    title",
        "yours  other     apply       2        4  numeric  One factor, many timesteps",
        "mine   practice  apply       2        4  numeric  One factor, many timesteps",
    ]
    assert [line.split()[0] for line in run("list", "--topic", "practice").splitlines()] == ["id", "mine"]
    assert "did you mean 'practice'?" in fails(UnknownNameError, "list", "--topic", "practise")


def test_show_prints_an_item_with_its_model_answer():
    """The same seed prints the same item, and the key is there."""
    run("new", "mine")
    shown = run("show", "mine", "--seed", "3")
    assert "One factor, many timesteps" in shown
    assert "multiplies one factor for each timestep" in shown
    assert shown == run("show", "mine", "--seed", "3")
    assert shown != run("show", "mine", "--seed", "4")
    assert "no item template named 'mien'" in fails(UnknownNameError, "show", "mien")


def test_check_names_the_rule_and_the_seeds_of_a_template_that_rarely_makes_sense():
    """A requirement that is hardly ever met fails the template, with the rule that was broken."""
    run("new", "mine")
    break_template("gradient < 0.5", "gradient < 0.005")
    result = CliRunner().invoke(bank, ["check", "--seeds", "20"])
    assert isinstance(result.exception, QuizgenError)
    assert str(result.exception).startswith("1 of 1 item templates failed")
    rows = result.output.splitlines()
    assert rows[1].startswith("failed  mine")
    assert "require: gradient < 0.005" in rows[1]
    assert rows[2].startswith("mine: ")


def test_check_of_a_faulty_file_tells_its_faults_alone():
    """A file is certified whatever the state of the bank around it; a bank only as a whole."""
    run("new", "mine")
    run("new", "another")
    break_template("minutes: 4", "minutes: four")
    assert run("check", "question_bank/practice/another.yaml", "--seeds", "2").endswith("1 of 1 on 2 seeds each.\n")
    assert "mine.yaml:8:10: minutes: 'four'" in fails(FileFaults, "check", "question_bank/practice/mine.yaml")
    assert "mine.yaml:8:10: minutes: 'four'" in fails(FileFaults, "check", "question_bank")


def test_check_of_a_bank_leaves_out_the_others():
    """Naming one's own bank certifies its templates, not those that come with quizgen."""
    run("new", "shipped")
    run("new", "own", "--bank", "mine", "--topic", "mine")
    assert "All passed: 1 of 1" in run("check", "--bank", "mine", "--seeds", "2")
    assert "All passed: 1 of 1" in run("check", "mine", "--seeds", "2")
    assert run("check", "--seeds", "2").splitlines()[1].split()[:2] == ["passed", "shipped"]
    assert "nowhere: no such folder" in fails(UsageError, "check", "nowhere")
    assert "expected a number of at least 1" in fails(UsageError, "check", "--seeds", "0")


def test_schema_prints_json_that_an_editor_can_use():
    """The printed JSON Schema is complete JSON and describes item templates."""
    schema = json.loads(run("schema"))
    assert schema["title"] == "ItemTemplate"
    assert schema["properties"]["level"]["enum"] == ["recall", "explain", "apply", "analyse"]


@pytest.mark.parametrize("command", ["list", "show", "check", "new", "schema"])
def test_every_command_has_help(command):
    """Help is there for each command, and each option says what it does."""
    output = run(command, "--help")
    assert output.startswith("Usage:")
    assert "--help" in output


def test_check_takes_a_file_of_the_folder_one_stands_in(monkeypatch):
    """A template's topic is its folder, however its path is written."""
    run("new", "mine")
    monkeypatch.chdir("question_bank/practice")
    assert "All passed: 1 of 1" in run("check", "mine.yaml", "--seeds", "2")
