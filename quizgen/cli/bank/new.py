"""``quizgen bank new``: begin an item template."""

from pathlib import Path

import click

from quizgen.errors import UsageError


@click.command()
@click.argument("template", metavar="ID")
@click.option("--type", "item_type", default="numeric", show_default=True, help="The item type of its part.")
@click.option("--topic", default="practice", show_default=True, help="Its topic; begun as well if it is new.")
@click.option(
    "--bank",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("question_bank"),
    show_default=True,
    help="Folder of the bank to write into.",
)
def new(template: str, item_type: str, topic: str, folder: Path) -> None:
    """Begin an item template: write one that works, with comments, to change into your own."""
    from quizgen.bank.folders import BLUEPRINTS, TOPIC_FILE
    from quizgen.bank.rules import ID_HINT, is_id
    from quizgen.bank.starter import starter_template, starter_topic
    from quizgen.files import write_files
    from quizgen.shipped import QUESTION_BANK

    for name in (template, topic):
        if not is_id(name):
            raise UsageError(f"{name!r} cannot be an id", hint=ID_HINT)
    path = folder / topic / f"{template}.yaml"
    if topic == BLUEPRINTS or path.name == TOPIC_FILE:
        raise UsageError(f"{path} could hold no item template", hint="choose another name: a bank means this one")
    for standing in (path, *QUESTION_BANK.glob(f"*/{path.name}"), *folder.glob(f"*/{path.name}")):
        if standing.exists() and standing.parent.name != BLUEPRINTS:
            raise UsageError(f"{standing} exists already", hint="choose another id")
    files = {path.name: starter_template(item_type, template, topic).encode()}
    if not any((bank / topic / TOPIC_FILE).exists() for bank in (QUESTION_BANK, folder)):
        files[TOPIC_FILE] = starter_topic(topic).encode()
    write_files(folder / topic, files, force=False)
    click.echo(f"Wrote {path}")
    click.echo("Next: change it, look at it, and certify it:")
    click.echo(f"  quizgen bank preview {template} --bank {folder} --watch")
    click.echo(f"  quizgen bank check {path}")
