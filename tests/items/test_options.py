"""Options that a variant offers: told apart by what they say, and decided the same however numbers are rounded."""

import pytest

from quizgen.items.realise import realise

NUMERIC = "numeric: {key: rate, rtol: 0.005}"
MISCONCEPTIONS = (
    """    misconceptions:
      adds-instead-of-multiplies:
        value: first / 10
        because: |
          You divided << first >> by 10.
""",
    "",
)


@pytest.fixture
def asking(decay):
    """The template with other options, and perhaps other computed values, in place of its first part's number."""

    def make(options, *computed, several=False):
        lines = "".join(f"\n  {line}" for line in computed)
        listed = "".join(f"\n        - {option}" for option in options)
        return decay(
            (NUMERIC, f"choice:\n      several: {str(several).lower()}\n      options:{listed}"),
            MISCONCEPTIONS,
            ("    follows: {rate: [0.05, 0.995]}\n", ""),
            ("  small: ", f"{lines[1:]}\n  small: " if lines else "  small: "),
        )

    return make


def test_options_that_read_the_same_never_stand_together(asking):
    """Two drawn numbers in the same words: where they are equal, the variant is drawn again."""
    template = asking(
        ["{text: 'about << one >> timesteps', right: true}", "{text: 'about $<< two >>$ timesteps'}"],
        "one: floor(T / 10) to exact",
        "two: ceil(rho * 4) to exact",
    )
    made = realise(template, seed=1, variants=range(30))
    assert made.rejections["only 1 different options"] > 0
    for item in made.items:
        assert item.numbers["one"].printed != item.numbers["two"].printed


def test_numbers_that_print_the_same_never_stand_together(asking):
    """12 % apart, but the same to one figure."""
    template = asking(
        ["{text: '<< one >>', right: true}", "{text: '<< two >>'}"],
        "one: rate to 1 figure",
        "two: rate * 0.88 to 1 figure",
    )
    made = realise(template, seed=1, variants=range(30))
    assert made.rejections["only 1 different options"] > 0
    for item in made.items:
        assert item.numbers["one"].printed != item.numbers["two"].printed


def test_rounding_must_not_decide_what_is_right(asking):
    """The value by hand differs from the unrounded one on the way, so the condition has no one answer."""
    template = asking(
        ["{text: At least, right: rate >= coarse}", "{text: Less, right: rate < coarse}"],
        "coarse: rate * 1 to 1 figure",
    )
    made = realise(template, seed=2, variants=range(30))
    assert made.rejections["rounding decides: rate >= coarse"] > 0


def test_rounding_must_not_decide_a_statement(decay):
    """The same of a statement that is true or false."""
    reasons = "[{text: One., right: true}, {text: Another.}]"
    template = decay(
        (NUMERIC, f"true_false: {{right: rate >= coarse, reasons: {reasons}}}"),
        MISCONCEPTIONS,
        ("    follows: {rate: [0.05, 0.995]}\n", ""),
        ("  small: ", "  coarse: rate * 1 to 1 figure\n  small: "),
    )
    made = realise(template, seed=2, variants=range(30))
    assert made.rejections["rounding decides: rate >= coarse"] > 0


def test_a_right_value_must_stay_nearest_to_its_own_option(asking):
    """The 40th power of a rate rounded to one figure may be nearer to a distractor than to the key."""
    template = asking(
        ["{text: '<< power >>', right: true}", "{text: '<< other >>'}"],
        "coarse: rate to 1 figure",
        "power: coarse ** 40 to 3 figures",
        "other: rate ** 40 * 1.3 to 3 figures",
    )
    made = realise(template, seed=2, variants=range(10))
    assert made.rejections["rounding decides: power among the options"] > 0


def test_an_exact_key_may_have_decimals(decay):
    """0.5 is exactly 0.5, and 0.1 exactly what is printed as 0.1."""
    template = decay((NUMERIC, "numeric: {key: T / 1000, rtol: 0}"), ("    follows: {rate: [0.05, 0.995]}\n", ""))
    for item in realise(template, seed=2, variants=range(10)).items:
        assert item.parts[0].key.printed == repr(float(item.numbers["T"].printed) / 1000)


def test_an_exact_key_is_what_a_person_computes(decay):
    """Tenths are counted in tenths, without what binary arithmetic leaves behind the 15th figure."""
    template = decay((NUMERIC, "numeric: {key: T * 0.1, rtol: 0}"), ("    follows: {rate: [0.05, 0.995]}\n", ""))
    for item in realise(template, seed=2, variants=range(10)).items:
        steps = int(item.numbers["T"].printed)
        assert float(item.parts[0].key.printed) == steps / 10
