"""Which templates a form holds."""

from dataclasses import replace

import pytest

from quizgen import api
from quizgen.errors import UnknownNameError, UsageError
from quizgen.forms.assemble import choose
from quizgen.registry import Registry


def practice(bank):
    return bank.blueprints["practice"]


@pytest.mark.parametrize("questions", [1, 3, 9, 10, 12, 20])
def test_as_many_questions_as_asked(bank, questions):
    """Fewer or more than the blueprint's own number are spread by its sections."""
    chosen = choose(bank, practice(bank), seed=1, questions=questions)
    assert len({template.id for template in chosen}) == questions


def test_another_template_changes_no_other_choice_but_its_own(bank):
    """Taking away a template that was not chosen leaves the form as it was."""
    chosen = choose(bank, practice(bank), seed=1)
    spare = next(t for t in bank.templates.values() if t not in chosen)
    less = replace(
        bank, templates=Registry("item template", {k: t for k, t in bank.templates.items() if t is not spare})
    )
    assert choose(less, practice(less), seed=1) == chosen


def test_only_the_topics_asked_for(bank):
    """--topic narrows the exam."""
    chosen = choose(bank, practice(bank), seed=1, topics=["clipping"], questions=2)
    assert [template.topic for template in chosen] == ["clipping", "clipping"]


def test_a_topic_without_a_number_gives_what_there_is(bank):
    """Ten questions on one topic are not there, so the topic's templates are all taken."""
    chosen = choose(bank, practice(bank), seed=1, topics=["clipping"])
    assert len(chosen) == min(10, sum(t.topic == "clipping" for t in bank.templates.values()))


def test_more_questions_than_the_bank_has(bank):
    """The message says how many were asked for and how many fit."""
    with pytest.raises(UsageError, match=r"500 questions were asked for; the bank has \d+"):
        choose(bank, practice(bank), seed=1, questions=500)


def test_an_unknown_topic_is_explained(bank):
    """A misspelt topic names the near one."""
    with pytest.raises(UnknownNameError) as caught:
        choose(bank, practice(bank), seed=1, topics=["cliping"])
    assert "did you mean 'clipping'" in str(caught.value)


def test_labels_number_the_parts(form):
    """One part is labelled 3, two are 3a and 3b, in the order of the form."""
    for number, item in enumerate(form.items, start=1):
        labels = [part.label for part in item.parts]
        assert labels == ([str(number)] if len(labels) == 1 else [f"{number}{c}" for c in "abcdefgh"[: len(labels)]])


def test_the_form_id_changes_with_the_seed(bank):
    """Two exams have two ids."""
    ids = {api.make_form(bank, practice(bank), seed=seed, questions=1).id for seed in range(30)}
    assert len(ids) == 30
