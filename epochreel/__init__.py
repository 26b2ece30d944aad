"""epochreel: change a hyperparameter, get the lecture film."""

__version__ = "0.1.0"
