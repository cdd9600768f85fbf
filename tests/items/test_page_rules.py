"""What is right follows from the page that the student holds: from its stem and its asks."""

import pytest

from quizgen.errors import FileFaults
from quizgen.items.realise import realise

FIGURE = """figure:
  kind: semilog
  title: Norms
  x: lag
  y: norm
  lines: {norm: run.product_norm}
  alt: |
    It falls to << first >>.
stem: |"""
NUMERIC = "numeric: {key: rate, rtol: 0.005}"
UNTOLD = ("fell to << first >>;", "fell;")
WITHOUT_FOLLOWS = ("    follows: {rate: [0.05, 0.995]}\n", "")
WITHOUT_MISCONCEPTIONS = (
    """    misconceptions:
      adds-instead-of-multiplies:
        value: first / 10
        because: |
          You divided << first >> by 10.
""",
    "",
)


def test_the_description_of_a_figure_is_no_place_for_what_a_key_needs(decay):
    """Who sees the figure does not read its description."""
    with pytest.raises(FileFaults, match="the key needs 'first'"):
        decay(UNTOLD, ("stem: |", FIGURE))


def test_a_branch_that_is_not_taken_prints_nothing(decay):
    """The variants whose stem leaves the number out are drawn again, and no other."""
    template = decay(
        ("fell to << first >>;", "fell<% if late %> to << first >><% endif %>;"),
        ("  small: ", "  late: T > 40\n  small: "),
    )
    made = realise(template, seed=1, variants=range(20))
    assert made.rejections == {"a key needs first, which the page does not print": pytest.approx(20, abs=15)}
    assert all(float(item.numbers["T"].printed) > 40 for item in made.items)


@pytest.mark.parametrize("right", ["true", "T > 0"])
def test_a_right_number_among_options_follows_from_the_page(decay, right):
    """Nobody can choose between two measurements that the page does not tell."""
    options = f"[{{text: << shown >>, right: {right}}}, {{text: << T >>}}]"
    with pytest.raises(FileFaults, match=r"the key reads run\.product_norm, which is not on the page"):
        decay(
            (NUMERIC, f"choice: {{options: {options}}}"),
            ("  small: ", "  shown: run.product_norm[T] to 2 figures\n  small: "),
            WITHOUT_FOLLOWS,
            WITHOUT_MISCONCEPTIONS,
        )


def test_an_option_is_no_place_for_what_a_key_needs(decay):
    """An option may be left out, and what it says may be false."""
    options = "[{text: The norm falls., right: true}, {text: It falls to << first >>.}]"
    with pytest.raises(FileFaults, match="the key needs 'first'"):
        decay(UNTOLD, (NUMERIC, f"choice: {{options: {options}}}"), WITHOUT_FOLLOWS, WITHOUT_MISCONCEPTIONS)


def test_a_right_number_among_options_may_follow_from_a_figure(decay):
    """A curve is read well enough to choose, though not to compute."""
    made = realise(
        decay(
            UNTOLD,
            ("stem: |", FIGURE.replace("<< first >>", "less and less")),
            (NUMERIC, "choice: {options: [{text: << shown >>, right: true}, {text: << T >>}]}"),
            ("  small: ", "  shown: first ** (1/10) to 4 figures\n  small: "),
            ("numeric: {key: predicted, rtol: 0.05}", "numeric: {key: T * 2, rtol: 0.05}"),
            WITHOUT_FOLLOWS,
            WITHOUT_MISCONCEPTIONS,
        ),
        seed=1,
        variants=[0],
    )
    assert made.items[0].parts[0].key.options[0].text == "<< shown >>"
