"""How many students it takes before a figure is given, and before it is given without a warning.

Over 10 students, a correlation of 0 has a 95 % interval from −0.63 to 0.63 (see `fisher_interval`): with fewer, it says
nothing about a question, and none is given. From 30 on that interval is about ±0.36; with fewer, the page says that the
class is small. Precise figures need hundreds: Charter (1999), "Sample size requirements for precise estimates of
reliability, generalizability, and validity coefficients", Journal of Clinical and Experimental Neuropsychology 21.
"""

from typing import Final

FEWEST: Final = 10  # below this no discrimination, no reliability
FEW: Final = 30  # below this they are given with a warning
FEWEST_OF_A_VARIANT: Final = 5  # students who must have answered each of the variants that are compared
FEWEST_FOR_OPTIONS: Final = 20  # of whom one is 5 %, which is what a distractor should attract
