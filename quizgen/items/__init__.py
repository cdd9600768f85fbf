"""Items: concrete questions made from item templates. One file per item type, listed here."""

from typing import Any, Final

from quizgen.items.choice import Choice
from quizgen.items.contract import ItemType
from quizgen.items.numeric import Numeric
from quizgen.items.open import Open
from quizgen.items.true_false import TrueFalse
from quizgen.registry import Registry

ITEM_TYPES: Final[Registry[ItemType[Any, Any]]] = Registry(
    "item type",
    {
        "numeric": Numeric(),
        "choice": Choice(),
        "true_false": TrueFalse(),
        "open": Open(),
    },
)
