"""Named simulations whose measurements fill questions: one file each, listed in `EXPERIMENTS`."""

from typing import Final

from quizgen.experiments.activations import ACTIVATION_COMPARISON
from quizgen.experiments.adding_problem import ADDING_PROBLEM
from quizgen.experiments.bptt_terms import BPTT_TERMS
from quizgen.experiments.cliff import CLIFF
from quizgen.experiments.clipping import CLIPPING
from quizgen.experiments.contract import Experiment
from quizgen.experiments.copy_memory import COPY_MEMORY
from quizgen.experiments.floating_point import FLOATING_POINT
from quizgen.experiments.gain_scan import GAIN_SCAN
from quizgen.experiments.gradient_descent import GRADIENT_DESCENT
from quizgen.experiments.gru_paths import GRU_PATHS
from quizgen.experiments.gru_scalar import GRU_SCALAR
from quizgen.experiments.initialisation import INITIALISATION
from quizgen.experiments.jacobian_product import JACOBIAN_PRODUCT
from quizgen.experiments.leaky_network import LEAKY_NETWORK
from quizgen.experiments.lstm_paths import LSTM_PATHS
from quizgen.experiments.lstm_scalar import LSTM_SCALAR
from quizgen.experiments.lyapunov import LYAPUNOV
from quizgen.experiments.matrix_powers import MATRIX_POWERS
from quizgen.experiments.mean_field import MEAN_FIELD
from quizgen.experiments.norm_bound import NORM_BOUND
from quizgen.experiments.residual_chain import RESIDUAL_CHAIN
from quizgen.experiments.scalar_bptt import SCALAR_BPTT
from quizgen.experiments.scalar_chain import SCALAR_CHAIN
from quizgen.experiments.singular_spectrum import SINGULAR_SPECTRUM
from quizgen.experiments.tied_untied import TIED_UNTIED
from quizgen.experiments.time_scales import TIME_SCALES
from quizgen.experiments.truncated_bptt import TRUNCATED_BPTT
from quizgen.registry import Registry

EXPERIMENTS: Final = Registry[Experiment](
    "experiment",
    {
        "jacobian_product": JACOBIAN_PRODUCT,
        "scalar_chain": SCALAR_CHAIN,
        "norm_bound": NORM_BOUND,
        "gain_scan": GAIN_SCAN,
        "singular_spectrum": SINGULAR_SPECTRUM,
        "matrix_powers": MATRIX_POWERS,
        "activations": ACTIVATION_COMPARISON,
        "tied_untied": TIED_UNTIED,
        "lyapunov": LYAPUNOV,
        "bptt_terms": BPTT_TERMS,
        "scalar_bptt": SCALAR_BPTT,
        "truncated_bptt": TRUNCATED_BPTT,
        "clipping": CLIPPING,
        "gradient_descent": GRADIENT_DESCENT,
        "cliff": CLIFF,
        "adding_problem": ADDING_PROBLEM,
        "copy_memory": COPY_MEMORY,
        "lstm_paths": LSTM_PATHS,
        "lstm_scalar": LSTM_SCALAR,
        "gru_paths": GRU_PATHS,
        "gru_scalar": GRU_SCALAR,
        "residual_chain": RESIDUAL_CHAIN,
        "leaky_network": LEAKY_NETWORK,
        "initialisation": INITIALISATION,
        "mean_field": MEAN_FIELD,
        "floating_point": FLOATING_POINT,
        "time_scales": TIME_SCALES,
    },
)
