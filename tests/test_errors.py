"""What a user reads after a misspelt name."""

from quizgen.errors import MOST_NAMED, did_you_mean


def test_a_short_list_is_told_whole_and_a_long_one_is_not():
    """Near names come first; of many others only the likest are named."""
    assert did_you_mean("gur", ["elman", "gru"]) == "did you mean 'gru'? known: elman, gru"
    assert did_you_mean("gur", []) == "known: none"
    many = [f"name-{number}" for number in range(MOST_NAMED + 1)]
    told = did_you_mean("nam-41", many)
    assert told.startswith("did you mean 'name-41' or")
    assert told.endswith("and 53 others")
