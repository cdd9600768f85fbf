"""Each variant's own random numbers, by purpose: drawing inputs leaves the weights as they were.

A generator costs 20 µs to make and 2 µs to set, so one is set again for each variant. It must be used up before the
next.
"""

import hashlib
from collections.abc import Iterator, Sequence

import numpy as np

_INCREMENT = 0x5851F42D4C957F2D14057B7EF767814F  # any odd number; the streams differ by their state


def generators(seeds: Sequence[int], purpose: str) -> Iterator[np.random.Generator]:
    """Yield one generator per seed, the same object in a new state; it depends on the seed and on ``purpose`` alone."""
    bits = np.random.PCG64(0)
    generator = np.random.Generator(bits)
    for seed in seeds:
        digest = hashlib.sha256(f"{seed}/{purpose}".encode()).digest()
        bits.state = {
            "bit_generator": "PCG64",
            "state": {"state": int.from_bytes(digest[:16], "big"), "inc": _INCREMENT},
            "has_uint32": 0,
            "uinteger": 0,
        }
        yield generator
