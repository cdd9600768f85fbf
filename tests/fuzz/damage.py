"""Bytes that nobody meant to write."""

import random
from collections.abc import Callable
from typing import Final

_WORDS: Final = (
    *"\0\r\n\t\"'{}[]()<>:;,.|&*!%@#?-+=/\\^_~`$0129eExX×·−–½²⁻٣三Ⅷµ\u200b\u2028\ufeff\x85",
    *("1e999", "1e-400", "1e999999999", "-0", "NaN", "inf", "null", "true", "---", "...", "? ", "<<: *a", "&a "),
    *("!!python/object:os.system", "\\ud800", "=1+1", "10^(-3)", "×10⁻³", "1/0", "9" * 1500, "[" * 1500, "(" * 99),
    *("<< x >>", "<% if x %>", "student", "responses", "form", "1a", "2b", "tanh", "sqrt(", "w^2", "A, B", "a;b"),
)
TOKENS: Final = (
    *(word.encode() for word in _WORDS),
    *(b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xff", b"\xc0\x80", b"\xed\xa0\x80"),
)
Damage = Callable[[bytes, random.Random, int, int], bytes]  # to a text, from one place to another
DAMAGES: Final[tuple[Damage, ...]] = (
    lambda text, rng, start, end: text[:start] + rng.randbytes(1) + text[start + 1 :],
    lambda text, rng, start, end: text[:start] + rng.choice(TOKENS) + text[start:],
    lambda text, rng, start, end: text[:start] + rng.choice(TOKENS) + text[end:],
    lambda text, rng, start, end: text[:start] + text[end:],
    lambda text, rng, start, end: text[:end] + text[start:end] * rng.randint(1, 3) + text[end:],
    lambda text, rng, start, end: text[:start] if rng.random() < 0.2 else text + rng.choice(TOKENS),
)


def damaged(text: bytes, rng: random.Random) -> bytes:
    """``text`` with a few bytes changed, put in, taken out, doubled or cut off, mostly once."""
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        start = rng.randrange(len(text) + 1)
        length = rng.randint(0, 12) if rng.random() < 0.9 else rng.randrange(len(text) + 1)
        text = rng.choice(DAMAGES)(text, rng, start, min(start + length, len(text)))
    return text


def noise(rng: random.Random) -> bytes:
    """Arbitrary bytes, or a heap of what means something somewhere."""
    if rng.random() < 0.4:
        return rng.randbytes(rng.randint(0, 60))
    return b"".join(rng.choice(TOKENS) for _ in range(rng.randint(0, 12)))


def as_text(content: bytes, rng: random.Random) -> str:
    """Bytes as a program may hand them over, half characters included."""
    return content.decode(*rng.choice((("utf-8", "replace"), ("utf-8", "surrogateescape"), ("latin-1", "strict"))))
