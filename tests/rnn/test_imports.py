"""The package on its own."""

import subprocess
import sys


def test_importing_rnn_loads_numpy_and_nothing_else():
    """No third-party module but NumPy, and of quizgen only what lies below every room."""
    code = (
        "import sys; import numpy.random; before = set(sys.modules); import quizgen.rnn;"
        "loaded = {name.partition('.')[0] for name in set(sys.modules) - before} - set(sys.stdlib_module_names) - {'numpy'};"
        "rooms = {name.split('.')[1] for name in sys.modules if name.startswith('quizgen.')};"
        "print(sorted(loaded), sorted(rooms))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "['quizgen'] ['errors', 'registry', 'rnn', 'values']"
