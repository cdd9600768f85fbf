"""A real browser: Chromium from the system, driven by playwright (``pip install -e '.[browser]'``, ``apt install chromium``).

Without them the tests here are skipped and say so, unless QUIZGEN_NEEDS_BROWSER is set, as it is in CI.
"""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from quizgen import api
from quizgen.forms.assemble import label
from quizgen.forms.form import SCHEMA_VERSION, Form
from quizgen.items.realise import realise

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WIDE = {"width": 1400, "height": 900}


def lacking() -> str:
    """What is not installed; "" if nothing is."""
    for module in ("playwright", "axe_playwright_python"):
        if find_spec(module) is None:
            return f"{module} is not installed: pip install -e '.[browser]'"
    return "" if CHROMIUM else "no Chromium on the PATH: apt install chromium"


@pytest.fixture(scope="session")
def chromium():
    """The browser."""
    if reason := lacking():
        (pytest.fail if "QUIZGEN_NEEDS_BROWSER" in os.environ else pytest.skip)(f"no browser tests: {reason}")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium):
    """A window in which a fault of a script, or a request to the network, fails the test."""
    context = chromium.new_context(viewport=WIDE, accept_downloads=True)
    window = context.new_page()
    faults: list[str] = []
    window.on("pageerror", lambda error: faults.append(str(error)))
    window.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    window.on(
        "request", lambda one: None if one.url.startswith(("file:", "blob:", "data:")) else faults.append(one.url)
    )
    yield window
    context.close()
    assert faults == []


@pytest.fixture(scope="session")
def every_type(bank):
    """An exam with a question of each item type; those of several parts are among them."""
    wanted: dict[str, str] = {}
    for template in sorted(bank.templates.values(), key=lambda one: one.id):
        for part in template.parts:
            wanted.setdefault(part.type, template.id)
    chosen = [realise(bank.templates[name], seed=3, variants=[0]).items[0] for name in dict.fromkeys(wanted.values())]
    items = tuple(label(item, number) for number, item in enumerate(chosen, start=1))
    return Form(
        schema=SCHEMA_VERSION,
        id="EVERY-TYPE",
        title="Every type",
        blueprint="none",
        seed=3,
        minutes=sum(item.minutes for item in items),
        instructions="Answer **all** questions.",
        quizgen_version="0",
        numpy_version="0",
        items=items,
    )


@pytest.fixture(scope="session")
def exam(every_type, tmp_path_factory) -> Path:
    """That exam as a folder, with its page for practice."""
    folder = tmp_path_factory.mktemp("exam")
    for name, content in api.exam_files(every_type, ["html"], self_check=True).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder
