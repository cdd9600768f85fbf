"""Banks: read, and what they examine."""

from quizgen.bank.bank import Bank
from quizgen.bank.coverage import Coverage
from quizgen.bank.coverage import coverage as _coverage
from quizgen.bank.shipped import find_blueprint as find_blueprint_in
from quizgen.bank.shipped import load_with_shipped

load_bank = load_with_shipped


find_blueprint = find_blueprint_in


def coverage(bank: Bank) -> Coverage:
    """What the templates of a bank examine, and what is still missing."""
    return _coverage(bank)
