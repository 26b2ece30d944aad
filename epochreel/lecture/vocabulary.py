"""The words a lecture file may use for what others made, known without importing it.

A test holds Keras' own things against the installed Keras.
"""

ACTIVATIONS = (
    "linear",
    "relu",
    "tanh",
    "sigmoid",
    "softmax",
    "softplus",
    "softsign",
    "elu",
    "selu",
    "gelu",
    "silu",
    "leaky_relu",
    "exponential",
    "hard_sigmoid",
)

LOSSES = (
    "mean_squared_error",
    "mean_absolute_error",
    "huber",
    "log_cosh",
    "binary_crossentropy",
    "categorical_crossentropy",
    "sparse_categorical_crossentropy",
)
# Those whose targets are classes, or probabilities of them.
CROSS_ENTROPIES = (
    "binary_crossentropy",
    "categorical_crossentropy",
    "sparse_categorical_crossentropy",
)

METRICS = ("accuracy", "mean_absolute_error", "mean_squared_error")

# What losses and metrics are called as well.
EVERYDAY_NAMES = {
    "mse": "mean_squared_error",
    "mae": "mean_absolute_error",
    "bce": "binary_crossentropy",
    "cce": "categorical_crossentropy",
    "scce": "sparse_categorical_crossentropy",
    "logcosh": "log_cosh",
    "acc": "accuracy",
}

# Each optimizer's own settings, beside the learning rate that all have.
OPTIMIZERS = {
    "sgd": ("momentum", "nesterov"),
    "adam": ("beta_1", "beta_2", "epsilon", "amsgrad"),
    "adamw": ("weight_decay", "beta_1", "beta_2", "epsilon", "amsgrad"),
    "adamax": ("beta_1", "beta_2", "epsilon"),
    "nadam": ("beta_1", "beta_2", "epsilon"),
    "rmsprop": ("rho", "momentum", "epsilon", "centered"),
    "adagrad": ("initial_accumulator_value", "epsilon"),
    "adadelta": ("rho", "epsilon"),
    "lion": ("beta_1", "beta_2"),
}

# Sets of samples that scikit-learn brings along, and those that are made with a seed.
COLLECTED_SETS = ("iris", "wine", "digits", "diabetes", "breast_cancer")
MADE_SETS = ("moons", "circles", "blobs", "xor", "spiral")
