"""Training on the copy memory task: repeat ten symbols after T timesteps of nothing.

    ten symbols of eight, T − 1 blanks, a mark, ten blanks;    L = mean cross-entropy over T + 20 timesteps, in nats

Blanks, and then any of the eight symbols at random, cost 10 ln 8/(T + 20); less than that is memory.
Demonstrates S6 (excessive updates), S7 (clipping), S8 (gates), S9 (initialisation) and S13.
Source: Arjovsky, Shah & Bengio (2016), section 5.
"""

from typing import Final

from quizgen.experiments.findings import Simulation
from quizgen.experiments.training_runs import PARAMETERS, PLOT, TrainingFindings, delay, quantities, training_work
from quizgen.rnn.tasks import COPIED


class CopyMemoryFindings(TrainingFindings):
    """The quantities of `COPY_MEMORY`."""

    task_name = "copying"


COPY_MEMORY: Final = Simulation(
    name="copy_memory",
    title="Training on the copy memory task",
    claims=("S6", "S7", "S8", "S9", "S13"),
    parameters=(delay("blanks between the symbols and their repetition", low=1), *PARAMETERS),
    quantities=quantities("cross-entropy"),
    plot=PLOT,
    determined=False,
    findings=CopyMemoryFindings,
    work=training_work(more_timesteps=2 * COPIED),
)
