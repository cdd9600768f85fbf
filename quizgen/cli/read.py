"""``quizgen read``: try how an answer is read, and graded against a key."""

from collections.abc import Iterator
from typing import Any

import click

from quizgen.errors import QuizgenError, UsageError

STDIN = "-"


@click.command()
@click.argument("text")
@click.option("--key", metavar="K", help="The right answer; with it TEXT is graded.")
@click.option("--rtol", type=float, metavar="R", help="Right within R times the key (0.01 if no rule is given).")
@click.option("--atol", type=float, metavar="A", help="Right within A of the key.")
@click.option("--figures", type=int, metavar="N", help="Right if it rounds to the same N significant figures.")
@click.option("--decimals", type=int, metavar="N", help="Right if it rounds to the same N decimals.")
@click.option("--order-of-magnitude", type=float, metavar="X", help="Right within X powers of ten.")
@click.option("--exact", is_flag=True, help="Right only if it equals the key.")
@click.option("--decimal-comma", is_flag=True, help="1,5 is one and a half.")
@click.option("--thousands", metavar="MARK", help="The mark between thousands: 1,000 is 1000 with ','.")
@click.option("--fractions", is_flag=True, help="1/2 may be written.")
@click.option("--percent", is_flag=True, help="50% may be written for 0.5.")
@click.option("--unit", default="", metavar="U", help="The unit that may stand after the number.")
@click.option("--vector", is_flag=True, help="Several numbers, or a matrix, as a key like '[1, 2; 3, 4]' says as well.")
@click.option("--any-order", is_flag=True, help="The numbers of a vector may stand in any order.")
@click.option("--symbols", metavar="RANGES", help="A formula of these, compared at points: w=0.1:2, T=1:20.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
def read(text: str, as_json: bool, **options: Any) -> None:
    """Print how TEXT is read and, with --key, how it is graded and why.

    TEXT is a number; or several, compared entry by entry; or, with --symbols, a formula, right if it equals the key.

    With - for TEXT, read one JSON object a line from standard input, with a "text" and the options by their names, and
    print one object a line. Options that are given count for every line that does not say otherwise. A TEXT that begins
    with a minus sign follows two dashes: quizgen read -- -5
    """
    import json

    from quizgen.grading.trial.plain import from_plain, to_plain, to_text
    from quizgen.grading.trial.trying import attempt

    given = {name: value for name, value in options.items() if value is not None and value is not False}
    if text != STDIN:
        outcome = attempt(from_plain({"text": text, **given}))
        click.echo(json.dumps(to_plain(outcome)) if as_json else to_text(outcome))
        return
    faults = 0
    for line in _answers(given):
        faults += "error" in line
        click.echo(json.dumps(line))
    if faults:
        raise QuizgenError(f"{faults} {'line' if faults == 1 else 'lines'} could not be tried")


def _answers(given: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What becomes of each line of standard input; blank lines are passed over."""
    import json
    import sys

    from quizgen.grading.trial.plain import from_plain, to_plain
    from quizgen.grading.trial.trying import attempt

    for number, raw in enumerate(sys.stdin.buffer, start=1):
        if not raw.strip():
            continue
        try:
            yield to_plain(attempt(from_plain(json.loads(raw), given)))
        except (ValueError, RecursionError):
            yield {"error": f"line {number}: not JSON"}
        except UsageError as error:
            yield {"error": f"line {number}: {error.message}", **({"hint": error.hint} if error.hint else {})}
