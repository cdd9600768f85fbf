"""Banks: read, and what they examine."""

from quizgen.bank.bank import Bank
from quizgen.bank.coverage import Coverage
from quizgen.bank.coverage import coverage as _coverage
from quizgen.bank.shipped import find_blueprint as _find_blueprint
from quizgen.bank.shipped import load_with_shipped

load_bank = load_with_shipped


find_blueprint = _find_blueprint


def coverage(bank: Bank) -> Coverage:
    """What the templates of a bank examine, and what is still missing."""
    return _coverage(bank)
