"""A bank from a stranger does no harm: whatever its files try ends in a clear fault within seconds.

What strict YAML, expressions and texts refuse by themselves is tested in their own rooms; here a whole template, or a
whole bank, is the attack.
"""

import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from quizgen.bank.load import load_bank, read_template_text
from quizgen.errors import FileFaults, QuizgenError
from quizgen.items.realise import realise

SECONDS = 4.0  # far more than any of them takes
TEMPLATE = r"""id: mine
title: Mine
topic: strange
level: apply
minutes: 3
objective: Test.
draw:
  a: {integer: [2, 9]}
simulate:
  run: {experiment: scalar_chain, activation: linear, weight: 0.9, timesteps: 5, bias: 0, start: 1e-3}
given:
  first: run.product[2] to 3 figures
compute:
  twice: a * 2 to exact
  big: a > 3
stem: |
  Take << a >> and << first >>.
parts:
  - id: twice
    points: 1
    ask: |
      What is twice that?
    numeric: {key: twice, rtol: 0}
"""
TOPIC = "id: strange\ntitle: Strange\norder: 1\n"


def changed(old: str, new: str) -> str:
    assert TEMPLATE.count(old) == 1
    return TEMPLATE.replace(old, new)


@contextmanager
def within_seconds():
    started = time.perf_counter()
    yield
    assert time.perf_counter() - started < SECONDS


def refused(source: str) -> str:
    """What is said when an item is made of a template."""
    with within_seconds(), pytest.raises(QuizgenError) as caught:
        realise(read_template_text(source, name="mine"), seed=1, variants=[0])
    return str(caught.value)


def made(source: str) -> None:
    """An item can be made, and soon."""
    with within_seconds():
        realise(read_template_text(source, name="mine"), seed=1, variants=[0])


def test_the_template_that_the_attacks_change_is_harmless():
    """Else the faults below would prove nothing."""
    made(TEMPLATE)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("9 ** 9 ** 9 ** 9", "not finite"),
        ("a ** a ** a ** a ** a", "not finite"),
        ("9 ** 9 ** 9 % 7", "not finite"),
        ("1e308 * 10 - 1e308 * 10", "not finite"),
        ("run.__class__", "does not measure '__class__'"),
        ("run.__class__[0]", "does not measure '__class__'"),
        ("a.real", "no simulation is named 'a'"),
        ("__builtins__", "nothing before this is named '__builtins__'"),
        ("eval(a)", "no function named 'eval'"),
        ("getattr(run, a)", "no function named 'getattr'"),
        ("[x for x in run]", "mine:14:27: not YAML"),
        ("(x for x in run)", "is not allowed in an expression"),
        ("(lambda x=0 -> x)", "is not an expression"),
        ("run.product[(b := 3)]", "is not allowed in an expression"),
        ("abs(a, **run)", "is not allowed in an expression"),
        ("run.product[0:9**9]", "is not allowed in an expression"),
        ("a; import os", "is not an expression"),
        ("twice", "nothing before this is named 'twice'"),
        ("+".join(["a"] * 200), "nested too deeply"),
        ("a" + " ** a" * 80, "nested too deeply"),
        ("not " * 100 + "a", "nested too deeply"),
        ("a" * 501, "501 characters"),
        ("a + " * 5000 + "a", "20001 characters"),
    ],
    ids=lambda value: value[:24],
)
def test_an_expression_that_does_more_than_arithmetic_is_refused(expression, words):
    """Powers without end, the inside of Python, and depth, wherever a template computes."""
    assert words in refused(changed("a * 2 to exact", f"{expression} to exact"))


@pytest.mark.parametrize("index", ["9 ** 9 ** 9", "1e308", "2 ** 53", "-1", "-9 ** 9 ** 9", "0.5", "a / 0", "6"])
def test_an_index_beyond_a_series_is_refused(index):
    """However large, small or broken it is."""
    assert "index must be whole and between 0 and 5" in refused(changed("run.product[2]", f"run.product[{index}]"))


@pytest.mark.parametrize("value", ["1e9", "9 ** 9 ** 9", "-1", "2.5", "0 / 0", "a * 1e300"])
@pytest.mark.parametrize(
    ("experiment", "argument"),
    [("jacobian_product", "hidden"), ("jacobian_product", "timesteps"), ("adding_problem", "updates")],
)
def test_a_simulation_beyond_its_limits_is_refused_before_it_runs(experiment, argument, value):
    """Sizes are bounded by the experiment, whatever expression they come from."""
    run = f"run: {{experiment: {experiment}, {argument}: {value}}}\n"
    old = "run: {experiment: scalar_chain, activation: linear, weight: 0.9, timesteps: 5, bias: 0, start: 1e-3}\n"
    quantity = {"jacobian_product": "product_norm[2]", "adding_problem": "loss[1]"}[experiment]
    source = changed(old, run).replace("run.product[2]", f"run.{quantity}")
    assert f"{experiment}.{argument}: " in refused(source)
    assert "expected a whole number from " in refused(source)


@pytest.mark.parametrize(
    ("draw", "words"),
    [
        (f"{{choice: [{', '.join(['1'] * 30_000)}]}}", "more than 20000 values"),
        ("{choice: []}", "draw.a"),
        ("{integer: [9, 2]}", "9 is not less than 2"),
        ("{integer: [2, 99999999999999999999]}", "beyond 2**53"),
        ("{uniform: [2, 9], decimals: 1000000000}", "expected 0 to 15"),
        ("{log_uniform: [2, 9], figures: 1000000000}", "expected 1 to 12"),
        ("{uniform: [2, .inf], decimals: 2}", ".inf is not a number"),
        ("{uniform: [1e999, 2], decimals: 2}", "beyond 1.8e308"),
    ],
    ids=lambda value: value[:24],
)
def test_a_parameter_that_nobody_could_draw_is_refused(draw, words):
    """Lists of a million, ranges without end, decimals by the thousand million."""
    assert words in refused(changed("{integer: [2, 9]}", draw))


def test_a_printed_precision_beyond_all_paper_is_refused():
    """A thousand million figures are not printed."""
    assert "expected 1 to 12" in refused(changed("a * 2 to exact", "a * 2 to 1000000000 figures"))


@pytest.mark.parametrize(
    "more",
    [
        "".join(f"  y{i}: {'a' if i == 0 else f'y{i - 1} + y{i - 1}'}\n" for i in range(1000)),
        "".join(f"  y{i}: a + {i}\n" for i in range(4000)),
        "".join(f"  c{i}: a > {i}\n" for i in range(4000)),
    ],
    ids=["each doubles the one before", "thousands of values", "thousands of conditions"],
)
def test_many_names_take_no_more_time_than_their_number(more):
    """Doubling a thousand times is a thousand additions."""
    made(changed("  big: a > 3\n", f"  big: a > 3\n{more}"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<< stem >>", "nothing here is named 'stem'"),
        ("<< a.__class__ >>", "is no name"),
        ("<< 9 ** 9 ** 9 >>", "is no name"),
        ("<% for x in a %> <% endfor %>", "is no mark"),
        ("<% include 'topic.yaml' %>", "is no mark"),
        ("<% if big %>" * 5000, "is never closed"),
        ("<% if big %>" * 30 + "x" + "<% endif %>" * 30, "choices nested deeper than 20"),
        ("<< a >> x " * 7000, "7002 values in one text"),
        ("<script>alert(1)</script>", "HTML <script>"),
        ("<img src=x onerror=alert(1)>", "HTML <img"),
        ("<svg/onload=alert(1)>", "HTML <svg"),
        ("<!-- hidden -->", "HTML <!--"),
        ("&lt;iframe src=x&gt;", "HTML <iframe"),
        ("![x](https://example.org/seen.png)", "an image inside a text"),
        ("[x](javascript:alert(1))", "a link to 'javascript:alert(1)'"),
        ("[x](JaVaScRiPt:alert%281%29)", "a link to 'JaVaScRiPt:"),
        ("[x](&#106;avascript:alert(1))", "a link to 'javascript:alert(1)'"),
        ("[x][y]\n\n  [y]: vbscript:x", "a link to 'vbscript:x'"),
        ("<javascript:alert(1)>", "a link to 'javascript:alert(1)'"),
        ("[x](data:text/html;base64,PHNjcmlwdD4=)", "a link to 'data:"),
        ("[x](file:///etc/passwd)", "a link to 'file:"),
        ("[x](//example.org/x)", "a link to '//example.org/x'"),
        ("[x](../../x)", "a link to '../../x'"),
        ("[x](https://example.org/<< a >>)", "a value inside a link's address"),
    ],
    ids=lambda value: value[:24],
)
def test_a_text_that_is_more_than_words_is_refused(text, words):
    """Loops, includes and arithmetic are no marks; HTML, images and links to anywhere but the web are no Markdown."""
    assert words in refused(changed("<< first >>.", f"<< first >>.\n\n  {text}"))


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        (r"\def\x{\x\x}\x", r"\def defines a command"),
        (r"\newcommand{\x}{\x}\x", r"\newcommand defines a command"),
        (r"\let\x\y", r"\let defines a command"),
        (r"\csname def\endcsname\x{}", 'Unknown command "\\csname"'),
        (r"\input{/etc/passwd}", 'Unknown command "\\input"'),
        (r"\include{x}", 'Unknown command "\\include"'),
        (r"\openin5=/etc/passwd", 'Unknown command "\\openin"'),
        (r"\write18{id}", 'Unknown command "\\write"'),
        (r"\url{javascript:alert(1)}", 'Unknown command "\\url"'),
        (r"\href{javascript:alert(1)}{x}", 'Unknown command "\\href"'),
        (r"\includegraphics{https://example.org/x}", 'Unknown command "\\includegraphics"'),
        (r"\htmlData{x}{y}", 'Unknown command "\\htmlData"'),
        (r"\loop x \repeat", 'Unknown command "\\loop"'),
        ("{" * 60 + "x" + "}" * 60, "a formula nested deeper than 50"),
        ("x_{" * 900 + "}" * 900, "a formula nested deeper than 50"),
        (r"\displaystyle " * 260, "a formula nested too deeply"),
        ("(" * 60, "parentheses that may stay open"),
        (r"\frac" * 790, "formula: "),
        ("x" * 4001, "a formula of 4001 characters"),
    ],
    ids=lambda value: value[:24],
)
def test_a_formula_that_programs_or_swells_is_refused(latex, words):
    """LaTeX is mathematics here: it defines, reads, writes and links nothing, and has an end."""
    assert words in refused(changed("<< first >>.", f"<< first >>. ${latex}$"))


@pytest.mark.parametrize("name", ["..", "../up", "/etc/passwd", "a/b", "c:d", "%2e%2e", "con.", "-x", "x" * 300])
def test_an_id_is_never_a_path(tmp_path, name):
    """It becomes the name of files: letters, digits and dashes, and the name of its own file."""
    bank = write_bank(tmp_path, TEMPLATE.replace("id: mine", f"id: '{name}'"))
    with pytest.raises(FileFaults, match=r"mine\.yaml:1:5: id: "):
        load_bank([bank])
    (bank / "strange" / "mine.yaml").write_text(TEMPLATE.replace("topic: strange", f"topic: '{name}'"))
    with pytest.raises(FileFaults, match=r"mine\.yaml:3:8: topic: "):
        load_bank([bank])


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x7f", "\u202e", "\u2028", "\ue000", "\U0010fffd"])
def test_characters_that_nobody_sees_are_refused_by_name(tmp_path, character):
    """A NUL, an escape for the terminal, a turned direction of writing, a placeholder of our own."""
    bank = write_bank(tmp_path, changed("title: Mine", f"title: Mi{character}ne"))
    with pytest.raises(FileFaults, match=rf"mine\.yaml:2:10: invisible character U\+{ord(character):04X}") as caught:
        load_bank([bank])
    assert character not in str(caught.value)


def write_bank(folder: Path, template: str) -> Path:
    (folder / "bank" / "strange").mkdir(parents=True)
    (folder / "bank" / "strange" / "topic.yaml").write_text(TOPIC)
    (folder / "bank" / "strange" / "mine.yaml").write_text(template)
    return folder / "bank"


def test_a_link_that_leads_to_other_files_shows_nothing_of_them(tmp_path):
    """Its fault names the place and not the content."""
    bank = write_bank(tmp_path, TEMPLATE)
    secret = tmp_path / "secret"
    secret.write_text("password: hunter2\n" * 3)
    (bank / "strange" / "other.yaml").symlink_to(secret)
    (bank / "strange" / "gone.yaml").symlink_to(tmp_path / "nowhere")
    (bank / "strange" / "loop.yaml").symlink_to(bank / "strange" / "loop.yaml")
    (bank / "strange" / "zero.yaml").symlink_to("/dev/zero")
    with within_seconds(), pytest.raises(FileFaults) as caught:
        load_bank([bank])
    told = str(caught.value)
    assert "hunter2" not in told
    for name in ("gone", "other", "zero"):
        assert f"{name}.yaml:1:1: " in told or f"{name}.yaml:2:1: " in told


def test_a_folder_that_holds_itself_ends_soon(tmp_path):
    """A link in a circle is followed once, and what it leads to is told as no file of a bank."""
    bank = write_bank(tmp_path, TEMPLATE)
    (bank / "circle").symlink_to(bank)
    with within_seconds(), pytest.raises(FileFaults) as caught:
        load_bank([bank])
    assert [str(fault.place.path.relative_to(bank)) for fault in caught.value.faults] == [
        "circle/strange/mine.yaml",
        "circle/strange/topic.yaml",
    ]


def test_a_file_of_fifty_megabytes_is_refused_unread(tmp_path):
    """No more of it than a template may have is looked at."""
    bank = write_bank(tmp_path, TEMPLATE)
    with (bank / "strange" / "big.yaml").open("wb") as stream:
        stream.truncate(50_000_000)
    with within_seconds(), pytest.raises(FileFaults, match=r"big\.yaml:1:1: larger than 256 KiB"):
        load_bank([bank])
