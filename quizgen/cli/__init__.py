"""The command line: one file per command. Only here are messages printed and exit codes chosen.

Exit codes: 0 fine, 1 the user's files are at fault, 2 wrong usage, 130 interrupted, 3 a fault of quizgen itself.
"""

import gc
import io
import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import Final, NoReturn

import click

from quizgen import __version__
from quizgen.errors import QuizgenError

# command -> the module that holds it and what its one-line help says; a module is imported when its command runs.
COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "exam": ("quizgen.cli.exam", "Write a practice exam with its model answers and keys."),
    "grade": ("quizgen.cli.grade", "Grade response files against a form."),
    "practice": ("quizgen.cli.practice", "Practise in the terminal, with feedback at once."),
    "read": ("quizgen.cli.read", "Try how an answer is read and graded."),
    "stats": ("quizgen.cli.stats", "Tell from graded classes how good the questions are."),
    "sheet": ("quizgen.cli.sheet", "Write a study sheet."),
    "simulate": ("quizgen.cli.simulate", "Run an experiment, or list them all."),
    "bank": ("quizgen.cli.bank", "List, show, check and begin item templates."),
    "verify": ("quizgen.cli.verify", "Simulate a form again and report any drift."),
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which they are used."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click's own, with the nearest name for a misspelt one."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from quizgen.errors import did_you_mean

            raise click.UsageError(f"no command named {args[0]!r}; {did_you_mean(args[0], COMMANDS)}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_text) for name, (_, help_text) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="quizgen")
def quizgen() -> None:
    """Practice exams on recurrent-network gradients, filled with numbers that were measured."""


def main() -> NoReturn:
    """Run quizgen and end the process with its exit code."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # our matrices are small: threads cost more than they bring
    gc.set_threshold(500_000)  # what is imported makes no cycles; looking for them took a twentieth of an exam
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that has no ⁻ or − shows ? in its place
    try:
        code = quizgen.main(standalone_mode=False)
    except click.exceptions.Exit as done:
        code = done.exit_code
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted; files are whole or absent", err=True)
        code = 130
    except QuizgenError as error:
        click.echo(f"error: {error}", err=True)
        code = error.exit_code
    except Exception:  # whatever it is, it is ours: say so instead of a bare traceback
        code = _our_fault()
    sys.exit(code if isinstance(code, int) else 0)


def command() -> NoReturn:
    """What the command line calls: `main`, and then an end without taking apart what was imported.

    That took an eighth of the time of an exam, and changes nothing: files are written and closed, workers are gone.
    """
    try:
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # nobody reads it any more
            stream.flush()
    os._exit(code)


def _our_fault() -> int:
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", errors="backslashreplace", prefix="quizgen-", suffix=".log", delete=False
    ) as log:
        log.write(f"quizgen {__version__}\npython {sys.version}\n{' '.join(sys.argv)}\n\n{traceback.format_exc()}")
    last = traceback.format_exc().strip().splitlines()[-1]
    click.echo(f"error: a fault of quizgen itself: {last}\n  hint: please report it with {log.name}", err=True)
    return 3
