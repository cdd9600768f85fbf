"""The cheat sheet: of each topic what it is, its key formulas and what to take away, for one page in two columns.

Formats know it by its kind, ``cheat-sheet``: small type, two columns, narrow margins, no running head. The whole of the
shipped bank fits on one page of A4; what does not fit on one takes more, and says so.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import quizgen
from quizgen.bank.topic import Topic
from quizgen.blocks import Block, Document, Facts, Heading
from quizgen.documents.study_sheet import plain
from quizgen.words import say

KIND: Final = "cheat-sheet"


def cheat_sheet(topics: Sequence[Topic]) -> Document:
    """The cheat sheet for ``topics``."""
    return Document(
        kind=KIND,
        title=say("study.cheat_sheet"),
        subtitle=topics[0].title if len(topics) == 1 else say("quiz.topics", count=len(topics)),
        blocks=tuple(block for topic in topics for block in _topic(topic)),
        footer=(say("head.version", version=quizgen.__version__),),
    )


def _topic(topic: Topic) -> Iterator[Block]:
    """The definition, the key formulas and the conclusion; of a topic without a definition its summary."""
    yield Heading(level=2, text=topic.title)
    definition = topic.define if topic.define.strip() else topic.summary
    if definition.strip():
        yield plain(definition)
    rows = tuple((one.name, plain(f"${one.formula.strip()}$")) for one in topic.formulas if one.key)
    if rows:
        yield Facts(rows=rows)
    if topic.conclusion.strip():
        yield plain(topic.conclusion)
