"""What captions claim of a record beside its numbers, each as a question to its facts."""

import math
import re
from collections.abc import Callable, Mapping

import numpy as np

from epochreel.lecture.rule import parse_rule
from tests.scenes.facts import Facts, number, numbers, reads

Said = Mapping[str, str]  # what stands in a sentence's places, by their names
Claim = Callable[[Facts, Said], bool]


def always(facts: Facts, said: Said) -> bool:
    """What is true of every record whose numbers are right."""
    return True


def one_sample(facts: Facts, said: Said) -> bool:
    return facts.samples == 1


def has_rule(facts: Facts, said: Said) -> bool:
    """Whether the numbers of a rule that is told of are those of the record's."""
    rule = facts.record.rule
    return rule is not None and numbers(said.get("rule", rule)) == numbers(rule)


def of_every_output(facts: Facts, said: Said) -> bool:
    """Whether no output has a smaller or a larger true value than the first."""
    low, high = facts.range_of(facts.record.targets)
    return all(low <= value <= high for value in facts.record.targets.ravel().tolist())


def no_rule(facts: Facts, said: Said) -> bool:
    return facts.record.rule is None


def diverged(facts: Facts, said: Said) -> bool:
    return facts.diverged_at is not None and facts.diverged_at > facts.last


def stopped(facts: Facts, said: Said) -> bool:
    """Of a run that diverges the record ends before its training does."""
    return facts.last < facts.asked and facts.record.diverged_at is None


def fell(facts: Facts, said: Said) -> bool:
    return facts.after < facts.before


def rose(facts: Facts, said: Said) -> bool:
    return facts.after > facts.before


def from_start_to_end(facts: Facts, said: Said) -> bool:
    """Whether these are the states before training and after it; a run may be stopped."""
    return facts.first == 0 < facts.last and facts.diverged_at is None


def at_one_epoch(facts: Facts, said: Said) -> bool:
    return facts.first == facts.last


def marks_the_shown(facts: Facts, said: Said) -> bool:
    """Whether ranges of epochs are those that are shown."""
    marked: list[int] = []
    for part in said["marked"].split(", "):
        first, _, last = part.partition("–")
        marked += range(int(first), int(last or first) + 1)
    return marked == [*facts.shown]


def is_the_lowest(facts: Facts, said: Said) -> bool:
    return facts.lowest < min(facts.before, facts.after)


def predictions_move(facts: Facts, said: Said) -> bool:
    first, *others = facts.record.predictions[..., 0].tolist()
    return any(states != first for states in others)


def came_closer(facts: Facts, said: Said) -> bool:
    """Whether the loss fell, and all predictions together are nearer to their truths."""
    record = facts.record

    def distance(at: int) -> float:
        pairs = zip(record.predictions[at].ravel().tolist(), record.targets.ravel().tolist())
        return sum(abs(prediction - truth) for prediction, truth in pairs)

    return fell(facts, said) and distance(-1) < distance(0)


def read_the_same(facts: Facts, said: Said) -> bool:
    """Whether the first and the last loss agree in the digits that are said."""
    return f"{facts.before:.4g}" == f"{facts.after:.4g}"


def several_outputs(facts: Facts, said: Said) -> bool:
    return facts.record.targets.shape[1] > 1


def some_outside(facts: Facts, said: Said) -> bool:
    return 0 < int(said["outside"]) <= facts.samples


def names_the_loss(facts: Facts, said: Said) -> bool:
    return _is_called(said["loss"], facts.record.hyperparameters["loss"])


def from_input_to_output(facts: Facts, said: Said) -> bool:
    """Whether a chain has so many layers, and values of these shapes at its ends."""
    record = facts.record
    ends = record.inputs[0].shape, record.predictions[0, 0].shape
    shapes = [" × ".join(map(str, shape)) for shape in ends]
    read = [said[name].removesuffix("s").removesuffix(" value") for name in ("start", "end")]
    return int(said["layers"]) == len(record.parameters) and read == shapes


def counts_parameters(facts: Facts, said: Said) -> bool:
    """Whether all numbers that the layers hold are counted, and those of the first Dense layer."""
    states = facts.record.parameters
    counts = [sum(len(values[0].ravel()) for values in layer.values()) for layer in states]
    (first,) = [at for at, layer in enumerate(states) if "kernel" in layer][:1]
    terms = [math.prod(map(int, term.split("×"))) for term in said["why"].split(" + ")]
    return (
        int(said["count"]) == sum(counts)
        and int(said["sum"]) == counts[first] == sum(terms)
        and len(terms) == len(states[first]) == 1 + bool(said.get("bias"))
    )


def counts_trained(facts: Facts, said: Said) -> bool:
    """Whether a gradient is followed for so many: not for what layers find along the way."""
    found = ("moving_mean", "moving_variance", "mean", "variance", "count")
    trained = sum(
        len(values[0].ravel())
        for layer in facts.record.parameters
        for name, values in layer.items()
        if name not in found
    )
    return int(said["trained"]) == trained


def directions_hold(facts: Facts, said: Said) -> bool:
    """Whether so much of the movement lies in two directions; where nothing is said, all in one."""
    found = ("moving_mean", "moving_variance", "mean", "variance", "count")
    count = map_ends(facts)
    ways = np.concatenate(
        [
            values[:count].reshape(count, -1)
            for layer in facts.record.parameters
            for name, values in layer.items()
            if name not in found
        ],
        axis=1,
    )
    sizes = np.linalg.svd(ways - ways[-1], compute_uv=False) ** 2
    if "share" not in said:
        return bool(sizes[1:].sum() < 1e-5 * sizes[0])
    return reads(number(said["share"]), float(100 * sizes[:2].sum() / sizes.sum()), 3)


def goes_to_epoch(facts: Facts, said: Said) -> bool:
    return int(said["reached"]) == facts.epochs[map_ends(facts) - 1]


def map_ends(facts: Facts) -> int:
    """How many states there are until the loss is eight times the first one for good."""
    low = [at for at, loss in enumerate(facts.record.losses) if loss <= 8 * facts.before]
    return min(max(low[-1] + 1, 2), len(facts.epochs))


def names_the_optimizer(facts: Facts, said: Said) -> bool:
    used = facts.record.hyperparameters
    scheduled = used.get("learning_rate_schedule")
    return _is_called(said["optimizer"], used["optimizer"]) and said.get("schedule") == scheduled


def names_the_mean(facts: Facts, said: Said) -> bool:
    """Whether what is worked out is called what it is."""
    called = facts.record.hyperparameters["loss"].replace("_", "")
    name = re.sub("[ -]", "", said["name"].lower().removesuffix(" loss"))
    return name in called and facts.is_mean(facts.first) and facts.is_mean(facts.last)


def loss_is(name: str) -> Claim:
    return lambda facts, said: facts.record.hyperparameters["loss"] == name


def counts_samples(facts: Facts, said: Said) -> bool:
    """Whether the loss is a cross-entropy of one true class for each sample."""
    return facts.record.hyperparameters["loss"].endswith("categorical_crossentropy")


def is_cross_entropy(facts: Facts, said: Said) -> bool:
    """Whether the loss is the mean of −ln of probabilities at both ends."""
    name = facts.record.hyperparameters["loss"]
    is_one = name.endswith("_crossentropy")
    return is_one and facts.is_mean(facts.first) and facts.is_mean(facts.last)


def is_mean_of_terms(facts: Facts, said: Said) -> bool:
    """Whether a loss that has a curve is the mean of what the curve gives, at both ends."""
    if facts.record.hyperparameters["loss"] not in ("huber", "log_cosh"):
        return is_cross_entropy(facts, said)
    return facts.is_mean(facts.first) and facts.is_mean(facts.last)


def is_a_term(facts: Facts, said: Said) -> bool:
    """Whether a pair of the first epoch has this term, in the digits of a card."""
    term = float(number(said["term"]))
    return any(
        math.isclose(term, cost, rel_tol=1e-4, abs_tol=1e-300)
        for cost in facts.costs(facts.first).values()
    )


def both(*claims: Claim) -> Claim:
    return lambda facts, said: all(claim(facts, said) for claim in claims)


def is_mean(facts: Facts, said: Said) -> bool:
    """Whether nothing speaks against it: of a loss of one's own nobody knows."""
    steps = [epoch for epoch in facts.step if epoch is not None]
    return not facts.has_terms or all(map(facts.is_mean, steps))


def one_output(facts: Facts, said: Said) -> bool:
    return facts.outputs == 1


def names_the_feature(facts: Facts, said: Said) -> bool:
    """Whether the first input is called by its name, or where it has none x, x1 if one of many."""
    names = facts.record.feature_names or ("x1" if facts.inputs > 1 else "x",)
    return said["feature"] == names[0]


def gives_its_class(facts: Facts, said: Said) -> bool:
    """Whether a sample is of that class, and the network gives it this probability at first."""
    record, sample = facts.record, int(said["number"]) - 1
    row = record.targets[sample].tolist()
    place = round(row[0]) if len(row) == 1 else row.index(1)
    given = record.predictions[facts.epochs.index(facts.step[0])][sample].tolist()
    if "from_logits" in (record.hyperparameters.get("loss_settings") or {}):
        powers = [math.exp(value) for value in ([0, *given] if len(given) == 1 else given)]
        given = [power / sum(powers) for power in powers]
    elif len(given) == 1:
        given = [1 - given[0], given[0]]
    is_so = reads(number(said["probability"]), given[place])
    return is_so and record.class_names[place] == said["class"]


def named_mean(facts: Facts, said: Said) -> bool:
    return said["name"] == "loss" or (said["name"] == "mean loss" and is_mean(facts, said))


def one_step(facts: Facts, said: Said) -> bool:
    start, end = facts.step
    return end == start + 1 and parameters_change(facts, said)


def parameters_change(facts: Facts, said: Said) -> bool:
    start, end = facts.step
    kinds = ("kernel", "bias")
    changed = end is not None and any(facts.changed(start, end, kind) for kind in kinds)
    return changed and named_mean(facts, said)


def no_weight_changes(facts: Facts, said: Said) -> bool:
    start, end = facts.step
    return end is not None and not facts.changed(start, end, "kernel") and named_mean(facts, said)


def initial(facts: Facts, said: Said) -> bool:
    return _at_shown(facts, said)[1] == facts.shown[0]


def stays(facts: Facts, said: Said) -> bool:
    before, _ = _at_shown(facts, said)
    return reads(number(said["end_loss"]), facts.losses[before])


def falls_there(facts: Facts, said: Said) -> bool:
    before, epoch = _at_shown(facts, said)
    return facts.losses[epoch] < facts.losses[before]


def rises_there(facts: Facts, said: Said) -> bool:
    before, epoch = _at_shown(facts, said)
    return facts.losses[epoch] > facts.losses[before]


def _at_shown(facts: Facts, said: Said) -> tuple[int, int]:
    """The epoch that stands still and the one before it, if epochs and losses are said right."""
    epoch = int(said["epoch"])
    at = facts.shown.index(epoch)
    before = facts.shown[max(at - 1, 0)]
    assert int(said.get("start", before)) == before
    for name, state in (("start_loss", before), ("end_loss", epoch)):
        assert name not in said or reads(number(said[name]), facts.losses[state])
    return before, epoch


def _is_called(said: str, name: str) -> bool:
    return said.lower() == name.replace("_", "").lower() or said == name


def tells_of_validation(there: bool) -> Claim:
    """Whether there are samples that it is not trained on, or none."""
    return lambda facts, said: bool(facts.held_out) == there


def of_classes(facts: Facts, said: Said) -> bool:
    """Whether classes are as large as it is said, and not all alike."""
    sizes = facts.class_sizes
    told = (int(said["least"]), int(said["most"]))
    return told == (min(sizes), max(sizes)) and min(sizes) < max(sizes)


def of_classes_alike(facts: Facts, said: Said) -> bool:
    return {*facts.class_sizes} == {int(said["most"])}


def follows_its_rule(facts: Facts, said: Said) -> bool:
    """Whether every true value is that of the rule."""
    if facts.record.rule is None:
        return False
    values = parse_rule(facts.record.rule)(facts.record.inputs[:, 0])
    return bool(np.allclose(values, facts.record.targets[:, 0], rtol=1e-5))


def ends_at(facts: Facts, said: Said) -> bool:
    """Whether a score is there, and its last value reads so."""
    values = facts.record.history.get(said["score"])
    return values is not None and reads(number(said["value"]), float(values[-1]))


def validation_ends_at(facts: Facts, said: Said) -> bool:
    return ends_at(facts, {"score": "val_loss", "value": said["value"]})


def both_end_at(facts: Facts, said: Said) -> bool:
    """Whether a score ends so, and that of the validation samples too."""
    other = {"score": f"val_{said['score']}", "value": said["other"]}
    return ends_at(facts, said) and ends_at(facts, other)


def held_out_are_right(facts: Facts, said: Said) -> bool:
    share = float(facts.record.history["val_accuracy"][-1])
    return math.isclose(int(said["right"]) / facts.held_out, share, abs_tol=1e-6)


def overfits(facts: Facts, said: Said) -> bool:
    """Whether both losses go that way from there on, the validation loss by a tenth at least."""
    validation = facts.record.history["val_loss"].tolist()
    lowest, end = min(validation), validation[-1]
    start = facts.losses[facts.lowest_validation_at]
    told = zip(("fell", "bottom", "risen"), (start, lowest, end))
    read = all(reads(number(said[name]), value) for name, value in told)
    return read and end > max(1.1 * lowest, facts.after) and facts.after < start


def right_there(facts: Facts, said: Said) -> bool:
    """Whether so many samples are right at the last epoch that is told of before."""
    epoch = re.findall(r"(?:epoch \d+ to|[Ee]poch) (\d+)", said["head"])[-1]
    return int(said["right"]) == facts.right(facts.epochs.index(int(epoch)))
