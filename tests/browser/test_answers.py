"""Answers entered on the pages by hand, as students do, and what becomes of them."""

import re
import subprocess
import sys
from dataclasses import replace

import pytest

from quizgen.grading.grade import grade
from quizgen.grading.intake.responses import read_responses
from quizgen.items import ITEM_TYPES
from quizgen.items.contract import Settings


def parts_of(form):
    return [part for item in form.items for part in item.parts]


def places(page, part):
    """The inputs of a part that are typed in or picked, by their ids."""
    return page.locator(f"[id^='answer-{part.label}-']:is(input:not([type]), textarea, select)")


def tick(page, part, place, values):
    for value in values:
        page.locator(f"input[name='answer-{part.label}-{place}'][value='{value}']").check()


def enter(page, part, response):
    """Put in what a student would write into a response file."""
    match part.type:
        case "choice":
            tick(page, part, 1, response.split(", "))
        case "true_false":
            tick(page, part, 1, [response.split()[0]])
            tick(page, part, 2, [response.split()[1]])
        case "matching":
            for place, pair in enumerate(response.split()):
                places(page, part).nth(place).select_option(pair[-1])
        case "vector":
            for place, number in enumerate(re.split("[,;]", response.strip("()[]"))):
                places(page, part).nth(place).fill(number)
        case "cloze":
            for place, (gap, words) in enumerate(zip(part.key.gaps, response.split("; "), strict=True), start=1):
                words = words.partition(" ")[2]
                if gap.type == "choice":
                    tick(page, part, place, words.split(", "))
                else:
                    page.locator(f"#answer-{part.label}-{place}").fill(words)
        case _:
            places(page, part).fill(response)


def said(page, part):
    """What the page says of a part."""
    return page.locator(f"#part-{part.label} .said").inner_text()


def key_of(part):
    return ITEM_TYPES[part.type].key_response(part) or 'The gradient "vanishes":\n\tlag by lag — 100 %\u2028#\\u0000'


def test_all_keys_are_right_and_their_download_is_graded(page, exam, every_type, tmp_path):
    """Whoever enters the key is told so part by part, and `quizgen grade` gives the saved file all points."""
    page.goto((exam / "self-check" / "exam.html").as_uri())
    for part in parts_of(every_type):
        enter(page, part, key_of(part))
    page.click("#check-all")
    for part in parts_of(every_type):
        left_to_a_person = {
            "open": "Not checked here",
            "expression": "Not checked here",
            "cloze": "4 of 4 right. Not checked",
        }
        assert said(page, part).startswith(left_to_a_person.get(part.type, "Right.")), part
    assert page.locator(".hint:visible").count() == 0
    page.fill("#student", "Ada O'Byron: ☂")
    with page.expect_download() as download:
        page.click("#save")
    saved = tmp_path / "responses.yaml"
    download.value.save_as(saved)
    assert download.value.suggested_filename == "responses.yaml"
    form = exam / "instructor" / "form.json"
    graded = subprocess.run(
        [sys.executable, "-m", "quizgen", "grade", form, saved, "--out", tmp_path / "graded"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert graded.returncode == 0, graded.stderr
    [response] = read_responses([saved], every_type)
    assert response.student == "Ada O'Byron: ☂"
    report = grade(every_type, response, Settings())
    assert {part.status for part in report.parts} == {"right", "needs-review"}
    assert [response.responses[part.label] for part in parts_of(every_type) if part.type == "open"] == [
        key_of(part) for part in parts_of(every_type) if part.type == "open"
    ]


def test_the_page_agrees_with_grading_on_wrong_answers(page, exam, every_type):
    """An answer that grading takes for wrong is nowhere called right, and a mistake that is known is named."""
    page.goto((exam / "self-check" / "exam.html").as_uri())
    named = 0
    for part in parts_of(every_type):
        for misconception in part.misconceptions[:2]:
            if part.type not in ("numeric", "magnitude", "interval"):
                continue
            response = f"{misconception.value:.4g}"
            verdict = ITEM_TYPES[part.type].grade(part, response, Settings())
            places(page, part).fill(response)
            places(page, part).press("Enter")
            assert said(page, part) == {"wrong": "Not right.", "right": "Right."}[verdict.status]
            named += page.locator(f"#part-{part.label} .hint:visible").count()
    assert named > 3


@pytest.mark.parametrize("folder", ["student", "self-check"])
def test_what_is_left_blank_stays_blank(page, exam, every_type, folder, tmp_path):
    """A name is needed; then the file has every part, with nothing in it where nothing was entered."""
    page.goto((exam / folder / "exam.html").as_uri())
    page.click("#save")
    assert page.locator("#saved").inner_text() == "Write your name first."
    assert page.evaluate("document.activeElement.id") == "student"
    page.keyboard.type("Ada")
    with page.expect_download() as download:
        page.click("#save")
    saved = tmp_path / "responses.yaml"
    download.value.save_as(saved)
    [response] = read_responses([saved], every_type)
    assert set(response.responses.values()) == {""}
    assert list(response.responses) == [part.label for part in parts_of(every_type)]


def test_a_part_is_answered_by_keyboard_alone(page, exam, every_type):
    """From the top with Tab to the first input, a number and Enter: the verdict stands in a live region."""
    numeric = next(part for part in parts_of(every_type) if part.type == "numeric")
    page.goto((exam / "self-check" / "exam.html").as_uri())
    target = f"answer-{numeric.label}-1"
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == target:
            break
    page.keyboard.type(key_of(numeric))
    page.keyboard.press("Enter")
    assert said(page, numeric).startswith("Right.")
    region = page.locator(f"#part-{numeric.label} .verdict")
    assert region.get_attribute("role") == "status"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == f"Check {numeric.label}"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(f"#part-{numeric.label} details[open]").count() == 1


def test_options_are_ticked_by_a_click_on_their_words(page, exam, every_type):
    """Not only on the small circle; and a choice can be taken back."""
    choice = next(part for part in parts_of(every_type) if part.type == "choice" and not part.key.several)
    page.goto((exam / "student" / "exam.html").as_uri())
    section = page.locator(f".entered:has(> #part-{choice.label})")
    section.locator("label.choice").nth(1).click()
    assert section.locator("input:checked").count() == 1
    section.locator("button.clear").click()
    assert section.locator("input:checked").count() == 0


def test_without_its_script_a_page_is_the_paper(chromium, exam):
    """Where scripts are off, no input is shown that would do nothing, and the boxes for a pen are there."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((exam / "student" / "exam.html").as_uri())
    assert page.locator("input:visible, button:visible, select:visible, textarea:visible").count() == 0
    assert page.locator(".final-box:visible").count() > 3
    context.close()


def test_on_paper_boxes_are_for_a_pen(page, exam):
    """What is entered on a screen is not printed; the printed boxes are."""
    page.goto((exam / "student" / "exam.html").as_uri())
    page.emulate_media(media="print")
    assert page.locator("input:visible, button:visible, select:visible, textarea:visible").count() == 0
    assert page.locator(".final-box:visible").count() > 3
    assert page.locator(".tick:visible").count() > 3


def test_only_the_script_of_the_page_may_run(chromium, exam, tmp_path):
    """The page's policy refuses any other script, such as one that somebody put into it."""
    source = (
        (exam / "student" / "exam.html").read_text().replace("</main>", "<script>document.title = 'x'</script></main>")
    )
    (tmp_path / "exam.html").write_text(source)
    page = chromium.new_page()
    page.goto((tmp_path / "exam.html").as_uri())
    assert page.title() != "x"
    assert page.locator("html.live").count() == 1
    page.close()


def test_numbers_are_checked_as_the_form_declares(page, every_type, tmp_path):
    """With a decimal comma, 0,5 is right where 0.5 is."""
    from quizgen import api

    form = replace(every_type, decimal_comma=True)
    path = tmp_path / "exam.html"
    path.write_bytes(api.exam_files(form, [], self_check=True)["self-check/exam.html"])
    numeric = next(part for part in parts_of(form) if part.type == "numeric" and "." in key_of(part))
    page.goto(path.as_uri())
    places(page, numeric).fill(key_of(numeric).replace(".", ","))
    places(page, numeric).press("Enter")
    assert said(page, numeric).startswith("Right.")
