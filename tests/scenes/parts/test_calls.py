"""The two Keras calls: what stands in them is what was called."""

from typing import Any

import pytest

from scenes.parts.calls import compile_lines, fit_lines, metric_names, optimizer_in_short

pytestmark = pytest.mark.manim
USED = {
    "loss": "mean_squared_error",
    "optimizer": "adam",
    "learning_rate": 0.1,
    "optimizer_settings": {},
    "epochs": 500,
    "batch_size": 32,
    "seed": 7,
}


def compile_call(*metrics: str, **said: Any) -> list[str]:
    lines = compile_lines({**USED, **said}, metrics)
    return ["".join(text for text, _ in line) for line in lines]


def fit_call(samples: int, validated: bool = False, **said: Any) -> str:
    lines = fit_lines({**USED, **said}, samples, validated)
    return "\n".join("".join(text for text, _ in line) for line in lines)


def test_the_shipped_lecture_is_called_as_the_lecture_shows() -> None:
    assert compile_call() == [
        "model.compile(loss=tf.keras.losses.MeanSquaredError(),",
        "              optimizer=tf.keras.optimizers.Adam(0.1))",
    ]
    assert fit_call(20) == "history = model.fit(X, Y, epochs=500, verbose=False)"


@pytest.mark.parametrize(
    ("said", "loss"),
    [
        ({"loss": "huber"}, "tf.keras.losses.Huber()"),
        ({"loss": "huber_loss"}, "tf.keras.losses.Huber()"),
        ({"loss": "huber", "loss_settings": {"delta": 2.0}}, "tf.keras.losses.Huber(delta=2)"),
        (
            {
                "loss": "binary_crossentropy",
                "loss_settings": {"from_logits": True, "reduction": "sum"},
            },
            'tf.keras.losses.BinaryCrossentropy(from_logits=True, reduction="sum")',
        ),
        ({"loss": "my_loss", "loss_kind": "function"}, "my_loss"),
        ({"loss": "My_Loss", "loss_kind": "class"}, "My_Loss()"),
        (
            {"loss": "MyLoss", "loss_kind": "class", "loss_settings": {"weight": 0.5}},
            "MyLoss(weight=0.5)",
        ),
    ],
)
def test_a_loss_stands_there_as_it_was_called(said: dict[str, Any], loss: str) -> None:
    lines = compile_call(**said)[:-1]

    called = lines[0] + "".join(f" {line.strip()}" for line in lines[1:])
    assert called == f"model.compile(loss={loss},"


@pytest.mark.parametrize(
    ("said", "optimizer"),
    [
        (
            {"optimizer": "sgd", "optimizer_settings": {"momentum": 0.9, "nesterov": True}},
            "tf.keras.optimizers.SGD(0.1, momentum=0.9, nesterov=True)",
        ),
        (
            {"learning_rate_schedule": "ExponentialDecay"},
            "tf.keras.optimizers.Adam(ExponentialDecay(...))",
        ),
        ({"optimizer": "MyAdam", "optimizer_kind": "class"}, "MyAdam(0.1)"),
    ],
)
def test_an_optimizer_stands_there_as_it_was_called(said: dict[str, Any], optimizer: str) -> None:
    lines = compile_call(**said)[1:]

    called = lines[0].strip() + "".join(f" {line.strip()}" for line in lines[1:])
    assert called == f"optimizer={optimizer})"


def test_what_is_too_long_for_a_line_goes_below_the_first_argument() -> None:
    settings = {"beta_1": 0.8, "beta_2": 0.99, "epsilon": 1e-6, "amsgrad": True}
    logits = {"from_logits": True, "label_smoothing": 0.1}

    lines = compile_call(
        loss="binary_crossentropy", loss_settings=logits, optimizer_settings=settings
    )

    assert lines == [
        "model.compile(loss=tf.keras.losses.BinaryCrossentropy(from_logits=True,",
        "                                                      label_smoothing=0.1),",
        "              optimizer=tf.keras.optimizers.Adam(0.1, beta_1=0.8,",
        "                                                 beta_2=0.99,",
        "                                                 epsilon=1e-06,",
        "                                                 amsgrad=True))",
    ]


@pytest.mark.parametrize(
    ("batch_size", "samples", "shown"),
    [
        (None, 20, False),
        (32, 20, False),
        (32, 1000, False),
        (8, 20, True),
        (20, 20, True),
        (64, 20, False),
        (64, 1000, True),
        (1000, 1000, True),
        (2000, 1000, True),
    ],
)
def test_batches_are_shown_where_they_matter(
    batch_size: int | None, samples: int, shown: bool
) -> None:
    batch = f", batch_size={batch_size}" if shown else ""

    called = fit_call(samples, batch_size=batch_size)

    assert called == f"history = model.fit(X, Y, epochs=500{batch}, verbose=False)"


def test_a_schedule_is_no_number_beside_the_optimizer() -> None:
    assert optimizer_in_short(USED) == "Adam(0.1)"
    assert optimizer_in_short({**USED, "learning_rate_schedule": "CosineDecay"}) == "Adam"


def test_metrics_and_validation_stand_in_the_calls() -> None:
    scores = ("loss", "accuracy", "val_loss", "val_accuracy")

    assert compile_call(*metric_names(scores), loss="sparse_categorical_crossentropy") == [
        "model.compile(loss=tf.keras.losses.SparseCategoricalCrossentropy(),",
        "              optimizer=tf.keras.optimizers.Adam(0.1),",
        '              metrics=["accuracy"])',
    ]
    assert fit_call(20, validated=True) == (
        "history = model.fit(X, Y, epochs=500, validation_data=(X_val, Y_val),\n"
        "                    verbose=False)"
    )
    assert fit_call(20, validated=True, validation_split=0.2) == (
        "history = model.fit(X, Y, epochs=500, validation_split=0.2,\n"
        "                    verbose=False)"
    )


def test_many_metrics_are_broken_into_lines() -> None:
    names = ("accuracy", "mean_absolute_error", "mean_squared_error", "cosine_similarity")

    assert compile_call(*names)[2:] == [
        '              metrics=["accuracy", "mean_absolute_error",',
        '                       "mean_squared_error", "cosine_similarity"])',
    ]
