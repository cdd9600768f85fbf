"""One item template: certified, shown, explained, previewed."""

from quizgen.bank.bank import Bank
from quizgen.blocks import Document
from quizgen.certificate.check import TemplateCheck
from quizgen.certificate.check import check_template as _check
from quizgen.certificate.tried import tried
from quizgen.documents.preview import broken, preview
from quizgen.documents.questions import answered
from quizgen.errors import QuizgenError
from quizgen.forms.assemble import label
from quizgen.items.explanation import Explanation
from quizgen.items.explanation import explain as _explain
from quizgen.items.realise import realise
from quizgen.items.template import ItemTemplate
from quizgen.renderers import RENDERERS


def check_template(template: ItemTemplate, *, seeds: int) -> TemplateCheck:
    """Certify one template on the seeds from 0 on; its ``faults`` say why it fails, if it does."""
    return _check(template, seeds=seeds)


def show(bank: Bank, template_id: str, *, seed: int) -> str:
    """One item of a template with its model answer, as Markdown."""
    item = label(realise(bank.templates[template_id], seed=seed, variants=[0]).items[0], 1)
    document = Document(
        kind="item", title=item.title, subtitle=f"{item.template}, seed {seed}", blocks=(answered(item),)
    )
    return RENDERERS["md"].render(document).decode()


def explain(bank: Bank, template_id: str, *, seed: int) -> Explanation:
    """Where each number of an item came from."""
    return _explain(bank.templates[template_id], seed=seed)


def preview_page(template: ItemTemplate, *, seed: int) -> bytes:
    """One HTML page for the author of a template: an item, its answer, what students are told, its numbers' origin.

    Raises: QuizgenError if no item can be made with this seed.
    """
    item = label(realise(template, seed=seed, variants=[0]).items[0], 1)
    document = preview(item, _explain(template, seed=seed), tried(item))
    return RENDERERS["html"].render(document)


def broken_page(name: str, error: QuizgenError) -> bytes:
    """The page that stands in for a preview that cannot be made."""
    return RENDERERS["html"].render(broken(name, str(error).splitlines()))
