"""What one student reads: the score, each part with the answer and the key, then what to say about it."""

from collections.abc import Iterator, Mapping

from quizgen.blocks import Block, Document, Facts, Grid, Heading, Notice, Option, Options, Prose, Sentence
from quizgen.forms.form import Form
from quizgen.grading.reports.names import Names
from quizgen.grading.reports.study_advice import study_blocks
from quizgen.grading.reports.wording import (
    NONE,
    STATUS_WORDS,
    label_read,
    number,
    of,
    read_otherwise,
    remarks,
    short,
    spelt,
    titles_once,
    total,
    unanswered,
    whole,
    yes_or_no,
)
from quizgen.grading.scores import PartScore, ScoreReport
from quizgen.grading.statistics.choices import chosen, offered
from quizgen.items.item import Item, Part
from quizgen.items.open import OpenKey
from quizgen.prose import fill
from quizgen.words import joined, say

_Asked = Mapping[str, tuple[Item, Part]]  # label -> the question as the form holds it


def student_document(report: ScoreReport, *, form: Form | None = None, names: Names | None = None) -> Document:
    """The page for the student of ``report``. With the ``form``, it repeats what was asked where points were lost."""
    asked = {part.label: (item, part) for item in form.items for part in item.parts} if form else {}
    names = names or Names()
    return Document(
        kind="score-report",
        title=say("report.title", exam=report.title),
        subtitle=short(report.student),
        blocks=(
            Facts(rows=tuple(_facts(report))),
            _grid(report),
            *_looked_at_again(report, asked, names),
            *study_blocks(report, names),
        ),
        footer=(say("head.form", form=report.form),),
    )


def _facts(report: ScoreReport) -> Iterator[tuple[str, str]]:
    yield say("report.student"), short(report.student)
    yield say("keys.form"), report.form
    yield say("quiz.score"), total(report)
    if report.grade:
        yield say("report.grade"), report.grade
    if report.is_passed is not None:
        yield say("report.passed"), yes_or_no(report.is_passed)


def _grid(report: ScoreReport) -> Grid:
    titles = titles_once([part.asked.title for part in report.parts])
    rows = tuple(
        (
            part.label,
            title,
            _answer(part),
            spelt(part.key) or NONE,
            STATUS_WORDS[part.status],
            of(part).replace(" ", "\u00a0"),
        )
        for part, title in zip(report.parts, titles, strict=True)
    )
    header = (
        *(say("page.part"), say("page.question"), say("report.your_answer")),
        *(say("report.right_answer"), say("report.verdict"), say("quiz.score")),
    )
    return Grid(header=header, rows=rows, align=("left", "left", "left", "left", "left", "right"))


def _answer(part: PartScore) -> str:
    """The answer, and how it was read if that is not what stands there; an answer in words stands further down."""
    answer = say("report.see_below") if _is_in_words(part) else short(part.response) or NONE
    read = read_otherwise(part)
    told = joined("list.semicolon", (say("report.read_as", read=read) if read else "", label_read(part)))
    return say("report.told", answer=answer, told=told) if told else answer


def _is_in_words(part: PartScore) -> bool:
    return part.asked.type == "open" and part.status != "not-answered" and not part.fault


def _looked_at_again(report: ScoreReport, asked: _Asked, names: Names) -> Iterator[Block]:
    notices = list(_notices(report, asked, names))
    if notices:
        yield Heading(level=2, text=say("report.look_again"))
        yield from notices


def _notices(report: ScoreReport, asked: _Asked, names: Names) -> Iterator[Notice]:
    for part in report.parts:
        said: list[Block] = [one if isinstance(one, Prose) else Sentence(text=one) for one in remarks(part)]
        if _is_in_words(part):
            said.append(Notice(kind="note", title=say("report.you_wrote"), blocks=(whole(part.response),)))
        if said:
            before = _asked_again(part, *asked[part.label]) if part.label in asked else ()
            rubric = _rubric(part, *asked[part.label]) if part.label in asked else ()
            yield Notice(kind="feedback", title=_titled(part), blocks=(*before, *_beside(part, names), *said, *rubric))
    if missing := unanswered(report):
        yield Notice(kind="feedback", title=say("report.not_answered"), blocks=(Sentence(text=missing),))


def _titled(part: PartScore) -> str:
    """The label with the verdict, and what the question is called."""
    told = {"label": part.label, "status": STATUS_WORDS[part.status]}
    return (
        say("report.verdict_on_title", **told, title=part.asked.title)
        if part.asked.title
        else say("report.verdict_on", **told)
    )


def _asked_again(part: PartScore, item: Item, asked: Part) -> Iterator[Block]:
    """The question, and of its options those that are right or were ticked."""
    yield _prose(item, asked.ask)
    ticked = chosen(part.read_as)
    concerned = [option for option in offered(item, asked) if option.right or option.mark in ticked]
    if concerned and part.status in ("wrong", "partial"):
        yield Options(
            options=tuple(
                Option(
                    letter=option.mark,
                    text=_prose(item, option.source),
                    mark="right" if option.right else "wrong",
                )
                for option in concerned
            )
        )


def _rubric(part: PartScore, item: Item, asked: Part) -> Iterator[Grid]:
    """What a person gave for each line of the rubric."""
    if isinstance(asked.key, OpenKey) and len(part.by_line) == len(asked.key.criteria):
        rows = tuple(
            (_prose(item, line.criterion), f"{number(points)}\u00a0/\u00a0{number(line.points)}")
            for line, points in zip(asked.key.criteria, part.by_line, strict=True)
        )
        yield Grid(header=(say("report.criterion"), say("quiz.score")), rows=rows, align=("left", "right"))


def _beside(part: PartScore, names: Names) -> Iterator[Block]:
    """The answer beside the right one, and the name of the mistake."""
    rows = [
        (say("report.your_answer"), "" if _is_in_words(part) else _answer(part)),
        (say("report.right_answer"), spelt(part.key)),
    ]
    if part.status in ("wrong", "partial"):
        rows.append((say("report.mistake"), names.mistake(part.diagnosis)))
    if shown := tuple((name, what) for name, what in rows if what):
        yield Facts(rows=shown)


def _prose(item: Item, text: str) -> Prose:
    return fill(text, numbers=item.numbers, truths=item.truths)
