"""What a student must find is not told by the page: a formula, or a phrase, is looked for in all that it prints."""

from quizgen.documents.questions import filler
from quizgen.items.phrases import words as plain_words
from quizgen.items.realise import realise
from quizgen.prose import words


def asked_in_words(part):
    """The part, or its gaps, that are answered with a formula or with words."""
    found = part.key.gaps if part.type == "cloze" else (part,)
    return [one for one in found if one.type in ("expression", "short_text")]


def test_no_page_of_the_bank_tells_its_formulas_and_phrases(bank):
    """Stem, asks and texts with gaps, in three variants of each template."""
    looked_for = 0
    for template in bank.templates.values():
        if not any(part.type in ("expression", "short_text", "cloze") for part in template.parts):
            continue
        for item in realise(template, seed=3, variants=range(3)).items:
            fill = filler(item)
            told = [item.stem, *(part.ask for part in item.parts)]
            told += [part.key.text for part in item.parts if part.type == "cloze"]
            page = "\n".join(words(fill(text)) for text in told)
            for one in (one for part in item.parts for one in asked_in_words(part)):
                looked_for += 1
                if one.type == "expression":
                    formula = one.key.formula.replace(" ", "")
                    assert formula not in page.replace(" ", "").replace("×", "·"), (template.id, formula)
                else:
                    phrase = " ".join(plain_words(one.key.answer))
                    assert phrase not in " ".join(plain_words(page)), (template.id, phrase)
    assert looked_for >= 15
