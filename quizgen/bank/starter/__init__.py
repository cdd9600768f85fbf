"""The files that a new item template begins with, one body for each item type: they pass the check, and explain."""

from pathlib import Path
from typing import Final

from quizgen.bank.folders import TOPIC_FILE
from quizgen.items import ITEM_TYPES

_HERE: Final = Path(__file__).parent
_HEAD: Final = "head.yaml"  # what all of them have in common: from the id to what is simulated


def starter_template(item_type: str, template_id: str, topic: str) -> str:
    """The text of an item template of one part of this type, under this id and topic.

    Raises: UnknownNameError if there is no such item type.
    """
    body = f"{ITEM_TYPES[item_type].name}.yaml"
    text = "".join((_HERE / name).read_text(encoding="utf-8") for name in (_HEAD, body))
    return text.replace("new-id", template_id).replace("new-topic", topic)


def starter_topic(topic: str) -> str:
    """The text of a topic file under this id."""
    text = (_HERE / TOPIC_FILE).read_text(encoding="utf-8")
    return text.replace("new-topic", topic)
