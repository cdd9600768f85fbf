"""How fast the gradients are, next to automatic differentiation: ``python -m tests.benchmarks``.

Not part of the tests, and nothing here asserts anything about time. One process, one thread: the libraries under NumPy
and PyTorch read these variables when they are loaded, so they are set before anything else.
"""

import os

for library in ("OPENBLAS", "OMP", "MKL"):
    os.environ[f"{library}_NUM_THREADS"] = "1"
