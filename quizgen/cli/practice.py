"""``quizgen practice``: a form's questions one by one in the terminal, with feedback at once."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from quizgen.cli import options
from quizgen.errors import UsageError

if TYPE_CHECKING:
    from quizgen.forms.form import Form
    from quizgen.grading.policy import Policy
    from quizgen.grading.practice import Session
    from quizgen.grading.scores import PartScore, ScoreReport
    from quizgen.items.contract import Settings
    from quizgen.items.item import Item, Part

HELP: Final = "An answer, or: skip, show (the model answer), quit (go on another time)."
END: Final = "."  # a line of its own ends an answer in words


@click.command()
@click.argument("form_path", metavar="[FORM.json]", required=False, type=click.Path(path_type=Path))
@click.option("--blueprint", default="practice", show_default=True, metavar="NAME|FILE", help="What to practise.")
@options.bank
@options.topics
@click.option("--questions", type=int, callback=options.positive, help="How many questions.")
@options.seed
@click.option("--policy", "policy_path", type=click.Path(path_type=Path), help="What retries cost: a policy file.")
@click.option("--decimal-comma", is_flag=True, help="1,5 is one and a half.")
@click.option("--out", type=options.Folder(), default=Path("practice"), show_default=True, help="Folder to keep it in.")
def practice(
    form_path: Path | None,
    blueprint: str,
    banks: tuple[Path, ...],
    topics: tuple[str, ...],
    questions: int | None,
    seed: int | None,
    policy_path: Path | None,
    decimal_comma: bool,
    out: Path,
) -> None:
    """Ask the questions of FORM.json, or of a new exam, one by one, and say at once what is right and why.

    Every answer is kept in OUT, and a practice that was interrupted goes on from there: run the same command again.
    """
    from quizgen import api
    from quizgen.cli.counts import count
    from quizgen.forms import record
    from quizgen.grading import practice as practising
    from quizgen.grading.grade import settings_for
    from quizgen.grading.policy import NO_POLICY, read_policy

    policy = read_policy(policy_path) if policy_path else NO_POLICY
    kept = out / "form.json"
    if form_path is not None:
        form = record.read(form_path)
        if kept.exists() and record.read(kept).id != form.id:
            raise UsageError(f"{out}: another practice lies there", hint="name another folder with --out")
    elif kept.exists():
        form = record.read(kept)
    else:
        bank = api.load_bank(banks)
        plan = api.find_blueprint(bank, blueprint)
        form = api.make_form(bank, plan, seed=options.drawn(seed), topics=topics, questions=questions)
    settings = settings_for(form, decimal_comma=decimal_comma)
    while True:
        session = _run(_session(form, out), out, settings)
        found = _tell(session, out, settings, policy)
        labels = practising.missed(found)
        if not labels or not _wants(f"{count(len(labels), 'part')} went wrong. Try again with new numbers?"):
            return
        form, out = api.again(form, labels), _next_folder(out)
        click.echo(f"\nForm {form.id}: {count(len(form.items), 'question')}, kept in {out}\n")


def _session(form: "Form", out: Path) -> "Session":
    """The practice that lies in ``out``, or a new one."""
    from quizgen.forms import record
    from quizgen.grading.intake.responses import read_responses
    from quizgen.grading.practice import Session, resumed

    answers = out / "responses.yaml"
    if not (out / "form.json").exists():
        _write(out / "form.json", record.to_json(form))
    if not answers.exists():
        return Session(form=form)
    session = resumed(form, read_responses([answers], form)[0])
    click.echo(f"Going on with form {form.id}: {len(session.answers)} parts are done.\n")
    return session


def _run(session: "Session", out: Path, settings: "Settings") -> "Session":
    """Ask what is still to be asked; every answer is written down before the next question."""
    from quizgen.grading.practice import to_yaml, waiting

    shown = None
    while (following := next(waiting(session), None)) is not None:
        item, part = following
        if shown is not item:
            click.echo(_opening(item))
            shown = item
        click.echo(_question(item, part))
        try:
            session = _ask(session, item, part, settings)
        except (EOFError, KeyboardInterrupt, click.Abort):
            click.echo(f"\nKept in {out}. To go on: quizgen practice --out {out}", err=True)
            raise click.Abort from None
        _write(out / "responses.yaml", to_yaml(session))
    return session


def _ask(session: "Session", item: "Item", part: "Part", settings: "Settings") -> "Session":
    """One part, until it is right, skipped or left as it is."""
    from quizgen.grading.practice import answered, skipped

    while True:
        response = _read(part)
        command = response.strip().casefold()
        if command == "quit":
            raise click.Abort
        if command in ("skip", "show"):
            if command == "show":
                click.echo(_model_answer(item, part))
            return skipped(session, part.label)
        if command in ("", "?", "help"):
            click.echo(HELP)
            continue
        tried, score = answered(session, part.label, response, settings)
        click.echo("\n".join(_verdict(score)))
        if score.status == "unreadable":
            continue
        if score.status == "needs-review":
            click.echo(_model_answer(item, part))
            return tried
        if score.status == "right":
            return tried
        session = tried
        choice = click.prompt("t: try again, s: show the answer, Enter: go on", default="", show_default=False)
        if choice.strip().casefold().startswith("s"):
            click.echo(_model_answer(item, part))
        if not choice.strip().casefold().startswith("t"):
            return tried


def _read(part: "Part") -> str:
    """One line; for an answer in words all lines up to one with a point alone."""
    if part.type != "open":
        return str(click.prompt(part.label, prompt_suffix="> ", default="", show_default=False))
    click.echo(f"{part.label}> (a line with {END} alone ends the answer)")
    lines: list[str] = []
    while (line := input()).strip() != END:
        lines.append(line)
        if len(lines) == 1 and line.strip().casefold() in ("skip", "show", "quit", "?", "help"):
            break
    return "\n".join(lines)


def _verdict(score: "PartScore") -> Iterator[str]:
    from quizgen.grading.reports.wording import STATUS_WORDS, of, plain, read_otherwise

    if score.status == "unreadable":
        yield f"This could not be read, and does not count: {plain(score.feedback)}"
        return
    read = read_otherwise(score)
    yield f"{STATUS_WORDS[score.status].capitalize()}{f' (read as {read})' if read else ''}. {of(score)}"
    yield from filter(None, (score.note, plain(score.feedback)))


def _tell(session: "Session", out: Path, settings: "Settings", policy: "Policy") -> "ScoreReport":
    """Print the report, and write it as pages."""
    from quizgen import api
    from quizgen.grading.practice import report
    from quizgen.grading.reports.report_text import to_text
    from quizgen.grading.reports.student_report import student_document

    found = report(session, settings, policy)
    click.echo(f"\n{to_text([found])}")
    document = student_document(found, form=session.form, names=api.names([session.form]))
    for name, content in api.document_files("report", document, ["md", "html"]).items():
        _write(out / name, content.decode())
    click.echo(f"\nReport: {out / 'report.html'}")
    return found


def _opening(item: "Item") -> str:
    from quizgen.documents.questions import opening
    from quizgen.renderers.plain import to_text

    rule = "─" * len(item.title)
    return "\n\n".join(filter(None, (f"{rule}\n{item.title}\n{rule}", to_text(opening(item)))))


def _question(item: "Item", part: "Part") -> str:
    from quizgen.blocks import AnswerBox, WritingLines
    from quizgen.documents.questions import asked_part
    from quizgen.renderers.plain import to_text

    question = asked_part(item, part)
    kept = tuple(block for block in question.blocks if not isinstance(block, AnswerBox | WritingLines))
    return f"\n{to_text([replace(question, blocks=kept)])}\n"


def _model_answer(item: "Item", part: "Part") -> str:
    from quizgen.documents.questions import answered_part
    from quizgen.renderers.plain import to_text

    return f"\n{to_text(answered_part(item, part)[:1])}\n"


def _wants(question: str) -> bool:
    try:
        return click.confirm(f"\n{question}", default=False)
    except click.Abort:
        return False


def _next_folder(out: Path) -> Path:
    """The first of ``out-2``, ``out-3``, … that is not there yet."""
    name = out.name.rpartition("-")[0] if out.name.rpartition("-")[2].isdigit() else out.name
    numbered = (out.with_name(f"{name}-{number}") for number in itertools.count(2))
    return next(folder for folder in numbered if not folder.exists())


def _write(path: Path, text: str) -> None:
    from quizgen.files import write_whole

    write_whole(path, text.encode())
