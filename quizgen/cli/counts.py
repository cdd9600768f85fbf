"""How many there are of something, in words."""


def count(number: float, noun: str) -> str:
    """``count(1, "point")`` is "1 point", ``count(2.5, "point")`` is "2.5 points"."""
    return f"{number:g} {noun}{'' if number == 1 else 's'}"
