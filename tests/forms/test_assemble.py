"""Which templates a form holds."""

from dataclasses import replace

import pytest

from quizgen import api
from quizgen.bank.blueprint import Section
from quizgen.errors import UnknownNameError, UsageError
from quizgen.forms.choose import choose
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
    """Ten questions on one topic are not there, so all templates of the topic that fit a section are taken."""
    chosen = choose(bank, practice(bank), seed=1, topics=["clipping"])
    fitting = [t for t in bank.templates.values() if t.topic == "clipping" and not has_type(t, "open")]
    assert len(chosen) == min(10, len(fitting))


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


def with_sections(bank, *sections):
    """A blueprint of these sections, with as many questions as they have together."""
    return replace(practice(bank), questions=sum(section.questions for section in sections), sections=sections)


CLIPPING_OPEN = Section(topics=("clipping",), questions=3, levels=("analyse",), types=("open",))


def test_a_section_that_no_template_fits_is_named(bank):
    """Other sections do not step in: the message says which section wants what, and how much there is."""
    blueprint = with_sections(bank, Section(topics=("vanishing",), questions=3), CLIPPING_OPEN)
    with pytest.raises(UsageError) as caught:
        choose(bank, blueprint, seed=1)
    assert "section 2 (topics clipping; levels analyse; types open) asks for 3; item templates that fit: 0" in str(
        caught.value
    )


def test_sections_that_need_the_same_templates_are_told_so(bank):
    """Enough templates for each section, but not for both."""
    few = len([template for template in bank.templates.values() if template.topic == "bptt"])
    section = Section(topics=("bptt",), questions=few)
    with pytest.raises(UsageError, match=rf"section \d .* asks for {few}; .* fit: {few}, and other sections need them"):
        choose(bank, with_sections(bank, section, section), seed=1)


@pytest.mark.parametrize("seed", range(40))
def test_a_section_leaves_another_the_only_template_that_fits_it(bank, seed):
    """A share is met if it can be, whatever the first section would have taken by itself."""
    [narrow] = [t for t in bank.templates.values() if t.topic == "vanishing" and has_type(t, "open")]
    blueprint = with_sections(
        bank,
        Section(topics=("vanishing",), questions=1),
        Section(topics=("vanishing",), questions=1, types=("open",)),
    )
    first, second = choose(bank, blueprint, seed=seed)
    assert second is narrow
    assert first is not narrow
    assert first.topic == "vanishing"


def has_type(template, name):
    """Whether a part of the template is of this item type."""
    return any(part.type == name for part in template.parts)


@pytest.mark.parametrize("seed", range(10))
def test_no_section_takes_more_than_its_share(bank, seed):
    """Shares of two and three stay so, turn by turn, when fewer questions are asked for as well."""
    blueprint = with_sections(
        bank, Section(topics=("vanishing",), questions=2), Section(topics=("exploding",), questions=3)
    )
    for questions, shares in ((None, (2, 3)), (5, (2, 3)), (4, (2, 2)), (3, (2, 1)), (6, (3, 3))):
        chosen = [template.topic for template in choose(bank, blueprint, seed=seed, questions=questions)]
        assert (chosen.count("vanishing"), chosen.count("exploding")) == shares


def test_a_topic_narrows_a_section_to_what_there_is(bank):
    """A section that the topic leaves empty is passed over, unless a number of questions is asked for."""
    blueprint = with_sections(bank, CLIPPING_OPEN, Section(topics=("clipping", "vanishing"), questions=1))
    chosen = choose(bank, replace(blueprint, questions=4), seed=1, topics=["clipping"])
    assert [template.topic for template in chosen] == ["clipping"]
    with pytest.raises(UsageError, match=r"section 1 .* fit: 0"):
        choose(bank, blueprint, seed=1, topics=["clipping"], questions=4)
    section_2_keeps_its_number = with_sections(bank, Section(topics=("vanishing",), questions=1), CLIPPING_OPEN)
    with pytest.raises(UsageError, match=r"section 2 .* fit: 0"):
        choose(bank, section_2_keeps_its_number, seed=1, topics=["clipping"], questions=1)
