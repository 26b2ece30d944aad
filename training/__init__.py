"""Trains a lecture's model with Keras and records it; Keras is imported when training starts."""

from training.train import quiet_tensorflow, train

__all__ = ["quiet_tensorflow", "train"]
