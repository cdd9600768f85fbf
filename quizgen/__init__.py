"""Practice exams on recurrent-network gradients, filled with numbers that were measured."""

__version__ = "0.1.0"
