"""Trains a lecture's model with Keras and records it; Keras is imported when training starts."""

from training.train import train

__all__ = ["train"]
