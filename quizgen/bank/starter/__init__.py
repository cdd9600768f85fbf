"""The files that a new item template begins with: they load, pass the check, and explain themselves."""

from pathlib import Path
from typing import Final

from quizgen.bank.folders import TOPIC_FILE

_HERE: Final = Path(__file__).parent


def starter_template(template_id: str, topic: str) -> str:
    """The text of an item template under this id and topic."""
    text = (_HERE / "template.yaml").read_text(encoding="utf-8")
    return text.replace("new-id", template_id).replace("new-topic", topic)


def starter_topic(topic: str) -> str:
    """The text of a topic file under this id."""
    text = (_HERE / TOPIC_FILE).read_text(encoding="utf-8")
    return text.replace("new-topic", topic)
