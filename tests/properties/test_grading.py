"""What must hold when answers to any template are read and graded; `make acceptance` asks it of 200 seeds of each."""

import math
import random
import re
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from quizgen.certificate.page import form_of
from quizgen.errors import Place
from quizgen.forms import response_file
from quizgen.grading.grade import Grader, grade, own_key, settings_for
from quizgen.grading.intake.responses import Response
from quizgen.items import ITEM_TYPES
from quizgen.items.contract import Settings
from quizgen.numbers.reading import MAX_LENGTH, Reading, read_number
from quizgen.numbers.spelling import to_unicode
from tests.properties.conftest import SEEDS

POINT, COMMA = Settings(), Settings(decimal_comma=True)
NUMBERS = ("numeric", "magnitude", "interval")
CAUSED_AT_MOST = 0.02  # of random wrong numbers


def verdict(part, text, settings=POINT):
    """What grading says of a text."""
    return ITEM_TYPES[part.type].grade(part, text, settings)


def causes(found):
    """The ids that a verdict names."""
    return (found.diagnosis or "").split(" or ")


def number(part, value):
    """What a value of this part stands for: itself, or the number of which it is the logarithm."""
    return part.key.number(value) if part.type == "magnitude" else Decimal(repr(value))


# -- diagnosis ---------------------------------------------------------------------------------------------------------


def test_each_misconceptions_own_value_is_named(parts):
    """Written with four figures it is told its cause: alone, or as one of two."""
    missed, unsure, tried = defaultdict(int), defaultdict(int), 0
    for template, part in parts:
        for one in part.misconceptions:
            tried += 1
            named = causes(verdict(part, f"{number(part, one.value):.4g}"))
            missed[template, part.id, one.id] += one.id not in named
            unsure[template, part.id] += len(named) > 2
    assert tried >= 400 * SEEDS
    assert {slot: count for slot, count in missed.items() if count} == {}
    assert {slot: count for slot, count in unsure.items() if count} == {}


def log_uniform(rng, keys, part):
    """Three figures anywhere within three powers of ten of the key, with the other sign now and then."""
    value = keys[0] * 10 ** rng.uniform(-3, 3)
    return -value if rng.random() < 0.05 else value


def in_printed_range(rng, keys, part):
    """Three figures between the least and the greatest key that this part has on any page."""
    return rng.uniform(min(keys), max(keys))


@pytest.mark.parametrize("draw", [log_uniform, in_printed_range])
def test_random_wrong_numbers_are_seldom_given_a_cause(parts, draw):
    """A misconception is named for at most 2 % of numbers that nobody's mistake led to."""
    keys = defaultdict(list)
    for template, part in parts:
        if part.type in NUMBERS:
            keys[template, part.id].append(ITEM_TYPES[part.type].value(part.key))
    rng, wrong, caused = random.Random(1), 0, 0  # noqa: S311
    for template, part in parts:
        if not part.misconceptions or getattr(part.key, "is_log10", False):
            continue
        own = ITEM_TYPES[part.type].value(part.key)
        around = [own] if draw is log_uniform else keys[template, part.id]
        for _ in range(5):
            found = verdict(part, f"{draw(rng, around, part):.3g}")
            wrong += found.status == "wrong"
            caused += found.status == "wrong" and bool({one.id for one in part.misconceptions} & {*causes(found)})
    assert wrong > 500 * SEEDS
    assert caused / wrong <= CAUSED_AT_MOST


# -- the key -----------------------------------------------------------------------------------------------------------

WIDE = str.maketrans("0123456789+-.e", "０１２３４５６７８９＋－．ｅ")


def notations(printed):
    """A printed number in every spelling that is read without a declaration."""
    mantissa, _, exponent = printed.partition("e")
    power = exponent or "0"
    raised = power.translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    yield from (printed, f" {printed} ", printed.upper(), f"{mantissa}e{power}", f"{mantissa} E {power}")
    yield from (f"{mantissa}{mark}10^{power}" for mark in "×x*·")
    yield from (f"{mantissa} × 10^({power})", f"{mantissa}*10**{power}", f"{mantissa}×10^{{{power}}}")
    yield from (f"{mantissa}×10{raised}", f"{mantissa} · 10{raised}")
    yield from (to_unicode(printed), printed.replace("-", "−"), printed.replace("-", "–"), printed.translate(WIDE))
    if not printed.startswith("-"):
        yield f"+{printed}"
    plain = f"{Decimal(printed):f}"
    if len(plain) < MAX_LENGTH:
        yield plain
        yield plain.removeprefix("0") if plain.startswith("0.") else plain


def test_the_key_is_right_in_every_notation(parts):
    """Plain, with an exponent, with powers of ten, raised, full-width, with its unit, with a comma where declared."""
    for _, part in parts:
        if part.type not in NUMBERS:
            continue
        unit = f" {part.key.unit}" if getattr(part.key, "unit_share", 0) else ""
        texts = [text + unit for text in notations(part.key.printed)]
        if part.key.unit and not unit:
            texts += [f"{text} {part.key.unit}" for text in texts]
        for text in texts:
            assert verdict(part, text).status == "right", (part.key, text)
            comma = text.replace(".", ",").replace("．", "，")
            assert verdict(part, comma, COMMA).status == "right", (part.key, comma)


@pytest.mark.parametrize("declared", [{}, {"decimal_comma": True}, {"decimal_comma": True, "thousands": "."}])
def test_the_key_file_of_every_form_earns_full_points(items, declared):
    """Whatever the form declares, wherever a program can tell."""
    for item in items:
        form = replace(form_of(item), **declared)
        responses = yaml.safe_load(response_file.key(form))["responses"]
        response = Response(form=form.id, student="key", responses=responses, place=Place(path=Path("key")))
        for part in grade(form, response, settings_for(form)).parts:
            if part.response:
                assert (part.status, part.score) == ("right", part.points), (item.template, part)


# -- what cannot be read -----------------------------------------------------------------------------------------------

SPOILT = (
    "{} frogs", "about {}", "{}?", "= {}", "{} or {}", "{}, {}", "{}..", "{}__", "0x{}", "{}e", "{}e1.5", "{}e9999999",
    "inf", "nan", "-", ".", "e5", "1.2.3", "1,000", "1'000", "({})", "[{}", "{}\x00", "\ud800{}", "🤷", "??", "{};{}",
)  # fmt: skip


def test_what_cannot_be_read_is_never_scored(parts):
    """No text around the key makes a number of it, and what is unreadable is told why and earns nothing."""
    for template, part in parts:
        response = ITEM_TYPES[part.type].key_response(part)
        for pattern in SPOILT:
            found = verdict(part, pattern.format(response, response))
            if part.type in NUMBERS:
                assert found.status == "unreadable", (template, part.id, pattern)
            if found.status == "unreadable":
                assert found.fraction == 0, (template, part.id, pattern)
                assert found.feedback, (template, part.id, pattern)
                assert found.diagnosis is None


# -- order, and what is kept from one response to the next -------------------------------------------------------------


def written_for(item, rng):
    """A response to every part of an item: right, mistaken, random, unreadable or none."""
    written = {}
    for part in item.parts:
        mistakes = [f"{number(part, one.value):.4g}" for one in part.misconceptions]
        choices = [ITEM_TYPES[part.type].key_response(part), *mistakes, f"{rng.uniform(0, 2):.3g}", "?", "", "A", "0"]
        written[part.label] = rng.choice(choices)
    return written


def responses_to(form, count, rng):
    """A class of made students."""
    return [
        Response(form=form.id, student=f"S{n}", responses=written_for(form.items[0], rng), place=Place(path=Path("s")))
        for n in range(count)
    ]


def test_grading_depends_on_nothing_but_the_response(items):
    """Neither on who was graded before, nor on the order of parts in the file, nor on how often one grades."""
    rng = random.Random(2)  # noqa: S311
    for item in items:
        form = form_of(item)
        responses = responses_to(form, 12, rng)
        grader = Grader(form, POINT)
        reports = {response.student: grader.grade(response) for response in responses}
        again = {response.student: grader.grade(response) for response in rng.sample(responses, len(responses))}
        assert again == reports
        for response in responses:
            shuffled = dict(rng.sample([*response.responses.items()], len(response.responses)))
            assert grade(form, replace(response, responses=shuffled), POINT) == reports[response.student]
            assert not any(part.fault for part in reports[response.student].parts)


# -- error carried forward ---------------------------------------------------------------------------------------------


def with_number(part, value):
    """The part of someone whose own number leads to ``value``."""
    return replace(part, key=ITEM_TYPES[part.type].with_number(part.key, value))


def following(items):
    """Each part that follows another, with its item and that other."""
    for item in items:
        by_id = {part.id: part for part in item.parts}
        for part in item.parts:
            if part.follows:
                yield item, by_id[part.follows.part], part


def graded(item, settings=POINT, **texts):
    """The scores of an item by label."""
    labels = {label.removeprefix("_"): text for label, text in texts.items()}
    response = Response(form="f", student="S", responses=labels, place=Place(path=Path("s")))
    return {part.label: part for part in grade(form_of(item), response, settings).parts}


@pytest.mark.parametrize("settings", [POINT, COMMA])
def test_what_follows_from_a_wrong_answer_is_right_and_said_so(items, settings):
    """The recomputed key earns full points, and the report shows it with the answer that it follows from."""
    carried = 0
    for item, first, part in following(items):
        follows, key = part.follows, ITEM_TYPES[first.type].value(first.key)
        for share in (0.31, 0.47, 0.83):
            own = follows.low + share * (min(follows.high, 4 * abs(key)) - follows.low)
            text = ITEM_TYPES[first.type].key_response(with_number(first, own))
            read = verdict(first, text)
            if not follows.low <= read.number <= follows.high or read.status != "wrong":
                continue
            consequence = own_key(follows, read.number)
            if not math.isfinite(consequence):
                continue
            kept = with_number(part, consequence)
            spelt = ITEM_TYPES[part.type].key_response(kept)
            if verdict(part, spelt).status != "wrong" or verdict(kept, text).status == "right":
                continue
            comma = str.maketrans(".", ",") if settings.decimal_comma else {}
            given = {f"_{first.label}": text.translate(comma), f"_{part.label}": spelt.translate(comma)}
            found = graded(item, settings, **given)[part.label]
            assert (found.status, found.score) == ("right", part.points), (item.template, given, kept.key)
            shown = re.fullmatch(r"Consistent with .*, the key here is (\S+(?: \S+)*)\.", found.note)
            assert isinstance(read_number(shown[1], unit=part.key.unit), Reading), (item.template, found.note)
            carried += 1
    assert carried >= 20 * SEEDS


DEGENERATE = ("0", "", "?", "-1", "1e300", "-1e-300")


def test_nothing_is_carried_from_a_degenerate_answer(items):
    """0, a blank, what cannot be read, and whatever lies beyond the plausible range lead nowhere."""
    for item, first, part in following(items):
        low, high = part.follows.low, part.follows.high
        beyond = [f"{low - 0.01 * abs(high):.6g}", f"{high + 0.01 * abs(high):.6g}"]
        for text in (*DEGENERATE, *beyond):
            reading = read_number(text)
            if isinstance(reading, Reading) and low <= float(reading.value) <= high:
                continue
            value = float(reading.value) if isinstance(reading, Reading) else 0.0
            try:
                consequence = own_key(part.follows, value)
            except ArithmeticError:
                continue
            if math.isfinite(consequence):
                given = {f"_{first.label}": text, f"_{part.label}": repr(consequence)}
                assert graded(item, **given)[part.label].note == "", (item.template, given)
