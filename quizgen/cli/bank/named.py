"""The item templates that the arguments of a command name: files, topics' folders, banks, or all."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from quizgen.items.template import ItemTemplate


def named_templates(paths: Sequence[Path], banks: Sequence[Path]) -> "list[ItemTemplate]":
    """The templates in the files and banks that were named, or all; a file needs nothing of the bank around it.

    Topics and blueprints among the files are checked as what they are, and one line tells of each.
    """
    from quizgen import api
    from quizgen.bank.folders import BLUEPRINTS, is_folder, is_topic_folder
    from quizgen.bank.load import kind_of, read_blueprint, read_templates
    from quizgen.shipped import QUESTION_BANK

    topics = [path for path in paths if is_topic_folder(path)]
    named = [path for path in paths if not is_folder(path) and path.exists()]
    files = [*named, *(file for topic in topics for file in sorted(topic.glob("*.yaml")))]
    folders = [*banks, *(path for path in paths if path not in named and path not in topics)]
    kinds = {path: kind_of(path) for path in files}
    for path, kind in kinds.items():
        around = path.absolute().parent.parent
        if kind == "topic" or path.absolute().parent.name == BLUEPRINTS:
            api.load_bank([*banks, around])
        elif kind == "blueprint":
            read_blueprint(path, api.load_bank(banks))
        if kind != "item template":
            click.echo(f"{path}: a {kind}, nothing wrong with it")
    template_files = [path for path, kind in kinds.items() if kind == "item template"]
    chosen = read_templates(template_files, banks=[QUESTION_BANK, *banks])
    if folders or not files:
        loaded = api.load_bank(folders).templates.values()
        chosen += [one for one in loaded if not folders or _stands_in(one.id, folders)]
    return chosen


def _stands_in(template: str, folders: Iterable[Path]) -> bool:
    return any(any(folder.glob(f"*/{template}.yaml")) for folder in folders)
