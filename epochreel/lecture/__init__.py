"""What a lecturer may change."""

DEFAULT = "loss_function"  # of the lectures that ship, the one that is meant where none is named
