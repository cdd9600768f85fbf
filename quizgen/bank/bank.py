"""The bank: all that exams can be made of."""

from quizgen.bank.blueprint import Blueprint
from quizgen.bank.catalogues import Claim, KnownMisconception
from quizgen.bank.topic import Topic
from quizgen.items.template import ItemTemplate
from quizgen.registry import Registry
from quizgen.values import immutable


@immutable
class Bank:
    """All that exams can be made of: templates by their topics' order and their ids, topics by their order."""

    templates: Registry[ItemTemplate]
    topics: Registry[Topic]
    blueprints: Registry[Blueprint]
    misconceptions: Registry[KnownMisconception]
    claims: Registry[Claim]
