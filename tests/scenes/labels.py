"""Every label with a number in it that a page may have, with what it claims."""

import math
from collections.abc import Iterable, Mapping, Sequence

from epochreel.record.classes import classes_of
from epochreel.record.update import why_no_update
from tests.scenes.claims import Claim, Said, always, counts_trained
from tests.scenes.facts import Facts, number, numbers, reads, reads_in_full
from tests.scenes.sentences import false, pattern
from tests.scenes.step_claims import (
    is_a_stage,
    is_of_a_step,
    is_of_a_step_or_its_length,
    is_steepest,
    is_the_first_m,
    is_the_first_v,
    is_the_next_loss,
    puts_in_a_step,
)


def widest_weight(facts: Facts, said: Said) -> bool:
    """Whether the width of edges ends at a weight that stands still on some page."""
    places = [facts.epochs.index(epoch) for epoch in facts.shown]
    kernels = [abs(layer["kernel"][places]).ravel() for layer in facts.dense]
    return any(
        reads(number(said["widest"]), float(weight)) for kernel in kernels for weight in kernel
    )


def longest_residual(facts: Facts, said: Said) -> bool:
    """Whether bars end at an error that stands still on some page."""
    errors = [error for epoch in facts.shown for error in facts.errors(epoch).values()]
    return any(reads(number(said["longest"]), abs(error)) for error in errors)


def is_a_shape(facts: Facts, said: Said) -> bool:
    shapes = [layer["kernel"].shape[1:] for layer in facts.dense]
    shapes += [(1, layer["bias"].shape[1]) for layer in facts.dense if "bias" in layer]
    return (int(said["rows"]), int(said["columns"])) in shapes


def counts_matrices(facts: Facts, said: Said) -> bool:
    return 0 < int(said["hidden"]) < sum(map(len, facts.dense))


def rows_are_left_out(facts: Facts, said: Said) -> bool:
    return 0 < int(said["rows"]) < facts.samples


def columns_are_left_out(facts: Facts, said: Said) -> bool:
    columns = facts.inputs + facts.outputs * (not facts.record.class_names)
    return 0 < int(said["columns"]) < int(said["all"]) <= columns


def is_a_width(facts: Facts, said: Said) -> bool:
    return int(said["units"]) in (facts.inputs, *(each["kernel"].shape[2] for each in facts.dense))


def is_the_x(facts: Facts, said: Said) -> bool:
    return reads_in_full(said["value"], facts.x)


def are_inputs(facts: Facts, said: Said) -> bool:
    """Whether these are two inputs of the followed sample that stand beside each other."""
    row = facts.record.inputs[facts.followed[0]].tolist()
    pairs = zip(row[::2], row[1::2])
    return any(
        reads_in_full(said["one"], one) and reads_in_full(said["other"], other)
        for one, other in pairs
    )


def counts_hidden_layers(facts: Facts, said: Said) -> bool:
    return int(said["layers"]) == len(facts.dense) - 1


def ends_of_step(facts: Facts) -> list[int]:
    """The epochs before it and after it; the one that is recorded where it is alone."""
    return [epoch for epoch in facts.step if epoch is not None]


def is_prediction_or_truth(facts: Facts, said: Said) -> bool:
    values = [facts.truth, *map(facts.predicted, ends_of_step(facts))]
    if facts.record.inputs.ndim == 2:  # which go in one by one
        values += facts.record.inputs[facts.followed[0]].tolist()
    return any(reads_in_full(said["value"], value) for value in values)


def is_its_own_loss(facts: Facts, said: Said) -> bool:
    """Whether it is the followed sample's, at an end of the step."""
    return any(reads(number(said["cost"]), facts.own_cost(epoch)) for epoch in ends_of_step(facts))


def is_the_changed_weight(facts: Facts, said: Said) -> bool:
    """Whether these are a weight's values at both ends of the step, and none changes more."""
    _, before, then = told_weight(facts)
    return reads_in_full(said["old"], before) and reads_in_full(said["new"], then)


def names_the_changed_weight(facts: Facts, said: Said) -> bool:
    place, _, _ = told_weight(facts)
    names = ("layer", "row", "column") if "column" in said else ("layer", "unit")
    return tuple(int(said[name]) for name in names) == place


def told_weight(facts: Facts) -> tuple[tuple[int, ...], float, float]:
    """The weight that `gradient_step` works out, where it can; or the one that changes most."""
    record = facts.record
    first = facts.step == (facts.epochs[0], facts.epochs[1])
    if not first or why_no_update(
        record, record.targets, record.losses, record.epochs, record.dense
    ):
        return most_changed(facts)
    layer = max(at for at, slopes in enumerate(facts.slopes) if slopes["kernel"].any())
    sizes = abs(facts.slopes[layer]["kernel"])
    row, column = divmod(int(sizes.argmax()), sizes.shape[1])
    before, then = facts.dense[layer]["kernel"][:2, row, column].tolist()
    if before == then:
        return most_changed(facts)
    return (layer + 1, row + 1, column + 1), before, then


def most_changed(facts: Facts) -> tuple[tuple[int, ...], float, float]:
    """Of the weight that the step changes most: layer, row and column from 1, before and then.

    Where it changes no weight, of the bias: layer and unit from 1.
    """
    start, end = (facts.epochs.index(epoch) for epoch in facts.step if epoch is not None)
    layers = [*enumerate(facts.record.parameters, start=1)]
    weights: list[tuple[tuple[int, ...], float, float]] = [
        ((number, row, column), before, then)
        for number, layer in layers
        for row, pairs in enumerate(zip(*layer["kernel"][[start, end]].tolist()), start=1)
        for column, (before, then) in enumerate(zip(*pairs), start=1)
    ]
    if all(before == then for _, before, then in weights):
        weights = [
            ((number, unit), before, then)
            for number, layer in layers
            for unit, (before, then) in enumerate(
                zip(*layer["bias"][[start, end]].tolist()), start=1
            )
        ]
    return max(weights, key=lambda weight: abs(weight[2] - weight[1]))


def is_an_error(facts: Facts, said: Said) -> bool:
    """Whether a pair of the first epoch is off by this much."""
    return _is_near(said["value"], facts.errors(facts.first).values())


def is_of_a_pair_or_a_loss(facts: Facts, said: Said) -> bool:
    """Whether it is a value or a term of the first epoch, or the loss of any."""
    pairs = zip(facts.record.targets.flat, facts.record.predictions[0].flat)
    values = [float(value) for pair in pairs for value in pair]
    shown = number(said["value"])
    return _is_near(said["value"], [*values, *facts.costs(facts.first).values()]) or any(
        reads(shown, loss) for loss in facts.losses.values()
    )


def _is_near(text: str, values: Iterable[float]) -> bool:
    """Whether it is one of the values, in the digits of a card."""
    shown = float(number(text))
    return any(math.isclose(shown, value, rel_tol=1e-4) for value in values)


def has_its_loss(facts: Facts, said: Said) -> bool:
    return reads(number(said["loss"]), facts.losses[int(said["epoch"])])


def has_the_lowest_of_validation(facts: Facts, said: Said) -> bool:
    validation = facts.record.history["val_loss"].tolist()
    return int(said["epoch"]) == facts.lowest_validation_at and reads(
        number(said["loss"]), min(validation)
    )


def of_each_class(facts: Facts, said: Said) -> bool:
    """Whether there are as many rows of all classes, and not all samples."""
    rows = int(said["each"]) * len(facts.record.class_names)
    return int(said["rows"]) == rows < facts.samples


def wrong_first(claim: Claim) -> Claim:
    """Whether that is so, and some samples are wrong at the end."""

    def holds(facts: Facts, said: Said) -> bool:
        classes = classes_of(facts.record)
        return claim(facts, said) and classes is not None and not classes.right[-1].all()

    return holds


def is_worked_out(facts: Facts, said: Said) -> bool:
    """Whether the second number is −ln of the first, in three digits."""
    return reads(number(said["minus_log"]), -math.log(number(said["probability"])), 3)


def makes_the_steps(facts: Facts, said: Said) -> bool:
    """Whether an epoch has so many batches."""
    batch = facts.record.hyperparameters["batch_size"]
    return int(said["steps"]) == math.ceil(facts.samples / batch)


def ends_a_curve(facts: Facts, said: Said) -> bool:
    """Whether anything measured beside the loss ends so."""
    measured = {**facts.record.history}
    del measured["loss"]
    return any(reads(number(said["value"]), float(values[-1])) for values in measured.values())


def is_round(facts: Facts, said: Said) -> bool:
    """Whether it can be a contour's, which has few digits."""
    return len(number(said["level"]).normalize().as_tuple().digits) <= 4


def has_that_epoch(facts: Facts, said: Said) -> bool:
    return int(said["epoch"]) in facts.epochs


ROWS: Mapping[str, Claim] = {"{rows} of {samples} rows": rows_are_left_out}
WIDTHS: Mapping[str, Claim] = {r"line width = \|w\|, up to {widest}": widest_weight}
# Classes may be called by a number.
CLASSES: Mapping[str, Claim] = {
    "{name}": lambda facts, said: said["name"] in facts.record.class_names,
    r"P\({name}\)": lambda facts, said: said["name"] == facts.record.class_names[1],
}
# By scene the labels that have numbers in them; ticks of axes and names such as w1 need none.
LABELS: Mapping[str, Mapping[str, Claim]] = {
    "data": {
        **ROWS,
        "{samples} samples?": always,
        "{samples} rows?": always,
        "{rows} of {samples} rows, the first of each class": rows_are_left_out,
        "{columns} of {all} columns": columns_are_left_out,
        "{samples} images?": always,
        "{rows} of {samples} images": rows_are_left_out,
        "(?:sepal|petal) (?:length|width) \\(cm\\)": always,
    },
    "epochs": {
        **ROWS,
        **WIDTHS,
        "arrow: off by more than {longest}": longest_residual,
        "{rows}×{columns}": is_a_shape,
        "{units}": is_a_width,
        "{hidden} matri(?:x is|ces are) not shown": counts_matrices,
        "{layers} hidden layers": counts_hidden_layers,
        "{rows} of {samples} rows, those farthest off at the end first": rows_are_left_out,
        "{rows} of {samples} rows: some of each class": rows_are_left_out,
        r"{each} rows? of each class \({rows} of {samples}\)": of_each_class,
        "{rows} of {samples} rows, wrong ones at the end first": wrong_first(rows_are_left_out),
        "{rows} of {samples} rows: some of each class, wrong ones at the end first": (
            wrong_first(rows_are_left_out)
        ),
        r"{each} rows? of each class \({rows} of {samples}\), wrong ones at the end first": (
            wrong_first(of_each_class)
        ),
        "the first {columns} of {inputs} features": lambda facts, said: (
            0 < int(said["columns"]) < facts.inputs
        ),
        "the first {columns} of {outputs} outputs": lambda facts, said: (
            0 < int(said["columns"]) < facts.outputs
        ),
        "/ {count}": lambda facts, said: int(said["count"]) in (facts.samples, facts.held_out),
        "framed row: <true>, and that is right": lambda facts, said: (
            said["true"] in facts.record.class_names
        ),
        "framed row: taken for <taken>, but it is <true>": lambda facts, said: (
            {said["true"], said["taken"]} <= {*facts.record.class_names}
            and said["true"] != said["taken"]
        ),
        "its loss = −ln {probability} [≈=] {minus_log}": is_worked_out,
        **CLASSES,
    },
    "training_loop": {
        "sample {sample}": always,
        "output {output}": always,
        "sample {sample}: {cost}": is_its_own_loss,
        "x1? = {value}": is_the_x,
        "{one}, {other},?": are_inputs,
        "{value},": is_prediction_or_truth,
        "{layers} hidden layers": counts_hidden_layers,
        "{value}": is_prediction_or_truth,
        r"w<layer>\[{row}, {column}\]": names_the_changed_weight,
        r"b<layer>\[{unit}\]": names_the_changed_weight,
        "{old} → {new}": is_the_changed_weight,
        r"Adam\({rate}\)": always,
        "Epoch {epoch}: {loss}": has_its_loss,
    },
    "gradient_step": {
        **WIDTHS,
        r"(?:weight )?w<layer>\[{row}, {column}\]": is_steepest,
        r"b<layer>\[{unit}\]": is_steepest,
        "slope {value}": is_of_a_step,
        "{value}": is_of_a_step_or_its_length,
        "[=≈] {value}": is_a_stage,
        r"m = \(1 − 0\.9\)·g [=≈] {m}": is_the_first_m,
        r"v = \(1 − 0\.999\)·g² [=≈] {v}": is_the_first_v,
        r"{old} − {rate}·\(?{factor}\)?": puts_in_a_step,
        "all other parameters as they are · {times} times enlarged": always,
        "{times} times enlarged": always,
        "what {steps} steps? of <optimizer> adds?": makes_the_steps,
        "what <optimizer> adds": always,
        "first step: Adam, η = {rate}": always,
        "Epoch {first} → {next}": always,
        "after {steps} steps": makes_the_steps,
        "{old} → {new}": is_the_next_loss,
    },
    "loss_formula": {
        ": {samples} samples?": always,
        ": {terms} = {samples} samples? × {outputs} outputs?": always,
        ": {delta}, where the square turns into a line": always,
        "{pairs} of {terms} pairs": lambda facts, said: 0 < int(said["pairs"]) < facts.terms,
        "Epoch = {epoch}(?:: too small to see|: too large)?": (
            lambda facts, said: int(said["epoch"]) in facts.epochs
        ),
        "{value}": is_of_a_pair_or_a_loss,
        r"= (?:\(|\|){value}(?:\)²|\|)": is_an_error,
    },
    "fit": {
        "{shown} of {all} classes": lambda facts, said: (
            int(said["shown"]) < int(said["all"]) == len(facts.record.class_names)
        ),
        **CLASSES,
        "/ {whole}": lambda facts, said: int(said["whole"]) in (facts.samples, facts.held_out),
    },
    "descent": {
        "{level}": is_round,
        "Epoch {epoch}": has_that_epoch,
        r"\D*{trained}\D*": lambda facts, said: (
            said["trained"].isdigit() and counts_trained(facts, said)
        ),
        r"\D*{share} ?%\D*": always,  # see the captions, which say it too
    },
    "loss_curve": {
        "Epoch {epoch}: {loss}": lambda facts, said: (
            has_its_loss(facts, said) or has_the_lowest_of_validation(facts, said)
        ),
        "Epoch {epoch}: {loss}, not finite from epoch {diverged}": has_its_loss,
        "{value}": ends_a_curve,
    },
}


FORMS = {
    scene: {pattern(form): claim for form, claim in forms.items()}
    for scene, forms in LABELS.items()
}


def wrong_labels(scene: str, labels: Sequence[str], facts: Facts) -> list[str]:
    """Labels with numbers that are false or of no known kind."""
    forms = FORMS[scene].items()
    return [
        text
        for text in labels
        if numbers(text)
        and not any(
            (match := form.fullmatch(text)) and not false(match, claim, facts)
            for form, claim in forms
        )
    ]
