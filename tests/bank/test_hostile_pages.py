"""What a stranger's bank prints is words: pages hold no script, no address but the web's, and no file of their choosing."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from quizgen import api
from quizgen.bank.load import load_bank

EVIL = [
    "<script>alert(1)</script>",
    "</title></style></text></svg><script>alert(1)</script>",
    "\"><img src=x onerror='alert(1)'>",
    "<script src=//example.org/x",
    "[x](javascript:alert(1)) ![y](https://example.org/y.png)",
    "--> ]]> <![CDATA[<?php",
    "{{ 7 * 7 }}{% for x in y %}",
    "../../../etc/passwd",
    "&lt;script&gt; &#60;b&#62;",
    "| a | b\\",
    "\\input{x} \\end{document} #set page()",
]
TEMPLATE = r"""id: mine
title: 'EVIL'
topic: strange
level: apply
minutes: 3
objective: 'EVIL'
draw:
  a: {integer: [2, 9]}
simulate:
  run: {experiment: scalar_chain, activation: linear, weight: 0.9, timesteps: 5, bias: 0, start: 1e-3}
compute:
  twice: a * 2 to exact
stem: |
  Take << a >>. `EVIL`
figure:
  kind: line
  title: A curve
  x: 'EVIL'
  y: 'EVIL'
  lines: {'EVIL': run.product}
  alt: A curve.
parts:
  - id: 'EVIL'
    points: 1
    ask: |
      What is twice that? $\text{SAFE}$
    numeric: {key: twice, rtol: 0, unit: 'EVIL'}
  - id: second
    points: 1
    ask: |
      Which?

      ```html
      EVIL
      ```
    choice:
      options:
        - {text: '`EVIL`', right: true}
        - {text: 'No. <script src=//example.org/x', right: false}
        - {text: 'No, not so.', right: false}
"""
TOPIC = "id: strange\ntitle: 'EVIL'\norder: 1\nsummary: '`EVIL`'\nexample_template: mine\n"
BLUEPRINT = "id: mine\ntitle: 'EVIL'\nquestions: 1\ninstructions: '`EVIL`'\nsections: [{questions: 1}]\n"
ELEMENTS_THAT_ACT = {"script", "iframe", "object", "embed", "form", "input", "base", "link", "applet", "audio", "video"}
PAGES = (".html", ".md")
MARKDOWN = (
    MarkdownIt("commonmark", {"html": True}).enable("table").use(dollarmath_plugin),
    MarkdownIt("commonmark", {"html": True}).enable("table"),  # knows no formulas: what they hold is Markdown to it
)
SCHEMES = {"", "http", "https", "mailto"}


class Page(HTMLParser):
    """Collects what of a page could act, or ask the network."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        """Elements that act, handlers of events, and addresses."""
        if tag in ELEMENTS_THAT_ACT:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name in {"style", "srcdoc"}:
                self.found.append(f"{name}={value}")
            if name in {"href", "src", "xlink:href", "action", "data"} and urlsplit(value or "").scheme not in SCHEMES:
                self.found.append(f"{name}={value}")
            if name == "src":
                self.found.append(f"src={value}")


def acting(name: str, content: bytes) -> list[str]:
    """What of a page could act; of Markdown, when programs that let HTML through have made pages of it."""
    page, text = Page(), content.decode()
    for html in [program.render(text) for program in MARKDOWN] if name.endswith(".md") else [text]:
        page.feed(html)
    page.close()
    return page.found


def quoted(text: str, words: str) -> str:
    """``text`` with ``words`` in its single quotes, and as they are elsewhere."""
    lines = [line.replace("EVIL", words.replace("'", "''") if "'" in line else words) for line in text.split("\n")]
    return "\n".join(lines).replace("SAFE", words.replace("\\", "").translate(str.maketrans("", "", "#%&${}_^~'`")))


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """What of a page of innocent words acts."""
    made = files(tmp_path_factory.mktemp("plain"), "word")
    return {name: acting(name, content) for name, content in made.items() if name.endswith(PAGES)}


def files(folder: Path, words: str) -> dict[str, bytes]:
    """All files of an exam, and of a study sheet, of a bank in which ``words`` stand wherever a template may say anything."""
    for name, text in (("strange/topic", TOPIC), ("strange/mine", TEMPLATE), ("blueprints/mine", BLUEPRINT)):
        path = folder / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(quoted(text, words))
    bank = load_bank([folder])
    form = api.make_form(bank, bank.blueprints["mine"], seed=1)
    formats = ["md", "html"]
    return {**api.exam_files(form, formats), **api.sheet_files(bank, seed=1, formats=formats)}


@pytest.mark.parametrize("words", EVIL)
def test_words_stay_words_on_every_page(tmp_path, plain, words):
    """Nothing acts on a page with them that does not on a page of innocent words, and drawings stay well formed."""
    made = files(tmp_path, words)
    assert {name for name in made if "figure" not in name} >= set(plain)
    for name, content in made.items():
        if name.endswith(PAGES):
            assert acting(name, content) == plain[name], name
        if name.endswith(".svg"):
            tags = {element.tag for element in ET.fromstring(content).iter()}  # noqa: S314 - our own drawing
            assert not {tag for tag in tags if tag.rpartition("}")[2] in {"script", "foreignObject", "image", "a"}}
    assert {name for name in made if ".." in name or name.startswith("/")} == set()
