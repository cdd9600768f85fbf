"""Items: concrete questions made from item templates. One file per item type, listed here."""

from typing import Any, Final

from quizgen.items.choice import Choice
from quizgen.items.cloze import Cloze
from quizgen.items.contract import ItemType
from quizgen.items.expression import Expression
from quizgen.items.interval import Interval
from quizgen.items.magnitude import Magnitude
from quizgen.items.matching import Matching
from quizgen.items.numeric import Numeric
from quizgen.items.open import Open
from quizgen.items.ordering import Ordering
from quizgen.items.short_text import ShortText
from quizgen.items.true_false import TrueFalse
from quizgen.items.vector import Vector
from quizgen.registry import Registry

# What the gaps of a cloze can be filled with.
GAP_TYPES: Final[Registry[ItemType[Any, Any]]] = Registry(
    "gap type",
    {
        "numeric": Numeric(),
        "magnitude": Magnitude(),
        "choice": Choice(),
        "expression": Expression(),
        "short_text": ShortText(),
    },
)

ITEM_TYPES: Final[Registry[ItemType[Any, Any]]] = Registry(
    "item type",
    {
        "numeric": Numeric(),
        "vector": Vector(),
        "interval": Interval(),
        "magnitude": Magnitude(),
        "choice": Choice(),
        "true_false": TrueFalse(),
        "matching": Matching(),
        "ordering": Ordering(),
        "expression": Expression(),
        "short_text": ShortText(),
        "cloze": Cloze(GAP_TYPES),
        "open": Open(),
    },
)
