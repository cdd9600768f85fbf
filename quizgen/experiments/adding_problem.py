"""Training on the adding problem: add two numbers that were marked long ago.

    inputs (number from U(0, 1), mark 0 or 1),    one mark in each half of T timesteps,    L = mean (y_T − sum)²

Always answering 1 costs Var(sum of two) = 1/6; less than that is memory. Without clipping, plain gradient descent from
large weights soon meets gradients that float32 cannot square; clipping keeps the run finite, and does not teach by
itself what vanishing gradients hide.
Demonstrates S6 (excessive updates), S7 (clipping), S8 (gates), S9 (initialisation) and S13.
Source: Hochreiter & Schmidhuber (1997), section 5; Pascanu, Mikolov & Bengio (2013).
"""

from typing import Final

from quizgen.experiments.findings import Simulation
from quizgen.experiments.training_runs import PARAMETERS, PLOT, TrainingFindings, delay, quantities, training_work


class AddingProblemFindings(TrainingFindings):
    """The quantities of `ADDING_PROBLEM`."""

    task_name = "adding"


ADDING_PROBLEM: Final = Simulation(
    name="adding_problem",
    title="Training on the adding problem",
    claims=("S6", "S7", "S8", "S9", "S13"),
    parameters=(delay("timesteps of a sequence", low=2), *PARAMETERS),
    quantities=quantities("mean squared error"),
    plot=PLOT,
    determined=False,
    findings=AddingProblemFindings,
    work=training_work(more_timesteps=0),
)
