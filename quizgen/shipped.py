"""Where the bank and the page templates that come with quizgen lie: beside the package, or inside it in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_ROOT = _PACKAGE / "_shipped" if (_PACKAGE / "_shipped").is_dir() else _PACKAGE.parent

QUESTION_BANK = _ROOT / "question_bank"
PAGE_TEMPLATES = _ROOT / "templates"
