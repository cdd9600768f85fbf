"""``quizgen bank show`` and ``explain``: one item, and where its numbers came from."""

import json

import pytest

from quizgen.errors import UnknownNameError


def test_show_prints_an_item_with_its_model_answer(run, fails):
    """The same seed prints the same item, and the key is there."""
    run("new", "mine")
    shown = run("show", "mine", "--seed", "3")
    assert "One factor, many timesteps" in shown
    assert "multiplies one factor for each timestep" in shown
    assert shown == run("show", "mine", "--seed", "3")
    assert shown != run("show", "mine", "--seed", "4")
    assert "no item template named 'mien'" in fails(UnknownNameError, "show", "mien")


def test_explain_tells_the_flow(run):
    """From the draw to the key and the mistakes."""
    run("new", "mine")
    assert run("explain", "mine", "--seed", "3") == (
        "One factor, many timesteps\n"
        "mine, seed 3, accepted at attempt 0\n"
        "\n"
        "Drawn\n"
        "  w = 0.76  from 0.7 to 0.95, 2 decimals\n"
        "  T = 19    a whole number from 10 to 30\n"
        "\n"
        "Simulated\n"
        "  run: scalar_chain (One recurrent unit by hand)\n"
        "    weight 0.76, timesteps 19, activation linear\n"
        "\n"
        "Computed\n"
        "  gradient = 0.00544, printed to 3 figures\n"
        "    = run.product[T]\n"
        "    = 0.0054382385\n"
        "\n"
        "Required\n"
        "  gradient < 0.5: 0.00544 < 0.5\n"
        "\n"
        "Part gradient (numeric)\n"
        "  Answer: 0.00544 (accepted within 2 %)\n"
        "  key: gradient = 0.0054382385\n"
        "  mistake adds-instead-of-multiplies: w * T = 0.76 * 19 = 14.44\n"
        "  mistake one-factor-too-few: w ** (T - 1) = 0.76 ** (19 - 1) = 0.007155577\n"
    )


def test_explain_as_json_holds_every_digit(run):
    """Programs get what people get."""
    run("new", "mine")
    found = json.loads(run("explain", "mine", "--seed", "3", "--json"))
    (gradient,) = found["computed"]
    w, steps = (float(one["printed"]) for one in found["drawn"])
    assert gradient["key"] == pytest.approx(w**steps, rel=1e-14)
    assert gradient["rounding"] == "to 3 figures"


def test_explain_tells_what_was_turned_down(run, change):
    """Each attempt with the rule that it broke."""
    run("new", "mine")
    change("gradient < 0.5", "gradient < 0.05")
    said = [run("explain", "mine", "--seed", str(seed)) for seed in range(12)]
    assert any("Turned down before\n  attempt 0: require: gradient < 0.05\n" in text for text in said)
