"""The fixed words of the pages, and the languages that they are said in."""

import pickle
import re
import string

import pytest

from quizgen import prose, words
from quizgen.blocks import AnswerBox, Document, Question, Sentence
from quizgen.documents.language import in_language
from quizgen.errors import UsageError
from quizgen.numbers.printing import Number
from quizgen.renderers import RENDERERS
from quizgen.renderers.contract import Look
from quizgen.words import fill, languages, listed, said_in, say, words_in

ENGLISH = words_in("en")


def places(text) -> set[str]:
    """The places for values in a text, or in either of a pair."""
    texts = [text] if isinstance(text, str) else text
    return {name for one in texts for _, name, _, _ in string.Formatter().parse(one) if name is not None}


@pytest.mark.parametrize("language", languages())
def test_every_language_says_the_same_things(language):
    """No word is missing or left over, pairs are pairs, and the same values stand in them."""
    other = words_in(language)
    assert {name: list(section) for name, section in other.items()} == {n: list(s) for n, s in ENGLISH.items()}
    for name, section in ENGLISH.items():
        for key, text in section.items():
            assert type(other[name][key]) is type(text), f"{name}.{key}"
            assert places(other[name][key]) == places(text), f"{name}.{key}"
            fill(other[name][key], **dict.fromkeys(places(text), "1"))


def test_words_know_how_they_are_said_elsewhere():
    """With their values, the words among those included; a text that is nobody's fixed word stays."""
    extent = say(
        "quiz.extent", questions=say("quiz.questions", count=1), points="2", minutes=say("quiz.minutes", count=2.5)
    )
    assert extent == "1 question, 2, 2.5 minutes."
    assert said_in(extent, "de") == "1 Aufgabe, 2, 2.5 Minuten."
    assert said_in("1 question", "de") == "1 question"
    assert said_in(pickle.loads(pickle.dumps(extent)), "de") == "1 Aufgabe, 2, 2.5 Minuten."  # noqa: S301


def test_values_are_shaped_as_the_word_file_asks():
    """A capital, a mark between thousands, no Markdown, no more than fits."""
    assert fill("{one:capital}. {one}", one="so it is") == "So it is. so it is"
    assert fill("{many:,} {many:.} {many: }", many=12000) == "12,000 12.000 12 000"
    assert fill("{signs:literal}", signs="2*w_1") == "2\\*w\\_1"
    assert fill("{much:short}", much="w" * 200) == "w" * 119 + "…"


@pytest.mark.parametrize(
    ("texts", "english", "german"),
    [
        ([], "", ""),
        (["w"], "w", "w"),
        (["w", "h"], "w and h", "w und h"),
        (["w", "h", "T"], "w, h and T", "w, h und T"),
    ],
)
def test_lists_are_said_in_another_language(texts, english, german):
    """Commas, and a word before the last."""
    assert listed(texts) == english
    assert said_in(listed(texts), "de") == german


def test_authors_texts_stand_in_fixed_words():
    """What is said of an answer: in another language the author's part stays, with its numbers and conditions."""
    numbers = {"w": Number(printed="0.5", raw=0.5)}
    because = "Take <% if small %>$<< w >>$<% else %>1<% endif %>."
    told = prose.fill(say("told.ticked_because", letter="A", because=because), numbers=numbers, truths={"small": True})
    page = Document(kind="score-report", title="", subtitle="", blocks=(told,))
    assert prose.words(told) == "You ticked A: Take 0.5."
    assert prose.words(in_language(page, "de").blocks[0]) == "Angekreuzt: A. Take 0.5."


def test_a_document_is_said_in_another_language():
    """All its fixed words, wherever they stand; the language of the page is the reader's."""
    box = AnswerBox(label=say("page.answer"))
    page = Document(
        kind="quiz", title="Exam", subtitle=say("head.form", form="X"),
        blocks=(Question(label="1", blocks=(Sentence(text=say("asks.tick_one")), box)),),
    )  # fmt: skip
    german = in_language(page, "de")
    assert (german.title, german.subtitle, german.language) == ("Exam", "Prüfung X", "de")
    assert german.blocks[0].blocks == (Sentence(text="Eine Antwort ankreuzen."), AnswerBox(label="Antwort"))
    assert in_language(page, "en") is page


def test_an_unknown_language_is_refused():
    """With those that there are."""
    with pytest.raises(UsageError, match="no page speaks 'dk'") as error:
        words_in("dk")
    assert "de, en" in error.value.hint


@pytest.mark.parametrize("name", ["md", "html"])
def test_a_students_page_has_no_english_left(form, name):
    """But for what authors wrote, and what is called alike."""
    from quizgen.documents.quiz import quiz

    page = RENDERERS[name].render(quiz(form), Look(language="de")).decode()
    page = re.sub(r"<style>.*?</style>|<script>.*?</script>", "", page, flags=re.DOTALL)
    for section in ("head", "quiz", "entry", "asks", "page"):
        for key, text in ENGLISH[section].items():
            alike = words_in("de")[section][key] == text
            if isinstance(text, str) and not places(text) and not alike and len(text) > 8:
                assert text not in page, f"{section}.{key}"


def test_no_word_is_kept_that_nobody_says():
    """Each name stands somewhere in the code or the page templates."""
    from quizgen.shipped import PAGE_TEMPLATES

    package = words.ENGLISH and __import__("pathlib").Path(words.__file__).parent
    files = [*package.rglob("*.py"), *PAGE_TEMPLATES.rglob("*.jinja"), *PAGE_TEMPLATES.rglob("*.js")]
    code = "\n".join(path.read_text() for path in files)
    for name, section in ENGLISH.items():
        for key in section:
            used = re.search(rf'"{name}\.{key}"|{name}\.{key}\b|\["{key}"\]|\[\'{key}\'\]|WORDS\.{key}\b|"{key}"', code)
            assert used, f"{name}.{key}"
