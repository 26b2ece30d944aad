"""What the scene of one step claims of a record, worked out beside it."""

import math

from tests.scenes.claims import Claim, Said, names_the_optimizer
from tests.scenes.facts import Facts, number, reads, reads_in_full


def is_steepest(facts: Facts, said: Said) -> bool:
    """Whether no weight or bias of its layer has a larger slope."""
    slope, _, _ = facts.first_change(said)
    kind = "kernel" if "column" in said else "bias"
    return abs(slope) == max(map(abs, facts.slopes[int(said["layer"]) - 1][kind].ravel().tolist()))


def slope_is_that_of(facts: Facts, said: Said) -> bool:
    """Whether the slope is the weight's, and no layer behind its own has any."""
    slope, _, _ = facts.first_change(said)
    flat = all(not layer["kernel"].any() for layer in facts.slopes[int(said["layer"]) :])
    return reads(number(said["slope"]), slope) and is_steepest(facts, said) and flat


def falls_ahead(facts: Facts, said: Said) -> bool:
    return slope_is_that_of(facts, said) and facts.first_change(said)[0] < 0


def falls_behind(facts: Facts, said: Said) -> bool:
    return slope_is_that_of(facts, said) and facts.first_change(said)[0] > 0


def weight_moves(facts: Facts, said: Said) -> bool:
    """Whether a weight goes from one value to the other, told apart in 4, 6 or 8 digits."""
    _, first, second = facts.first_change(said)
    old, new = number(said["old"]), number(said["new"])
    read = any(reads(old, first, d) and reads(new, second, d) for d in (4, 6, 8))
    return read and old != new and is_steepest(facts, said)


def weight_stays(facts: Facts, said: Said) -> bool:
    _, first, second = facts.first_change(said)
    return reads(number(said["old"]), first, 8) and reads(number(said["old"]), second, 8)


def adam_makes_one_step(facts: Facts, said: Said) -> bool:
    """Whether every weight with a slope goes as far as the learning rate says, against it."""
    rate = facts.record.hyperparameters["learning_rate"]
    steps = [
        (second - first, slope)
        for layer, slopes in zip(facts.dense, facts.slopes)
        for first, second, slope in zip(
            *(state.ravel().tolist() for state in layer["kernel"][:2]),
            slopes["kernel"].ravel().tolist(),
        )
    ]
    alike = all(
        math.isclose(step, -math.copysign(rate, slope), rel_tol=1e-3)
        for step, slope in steps
        if abs(slope) > 1e-3
    )
    told = names_the_optimizer(facts, said) and weight_moves(facts, said)
    return alike and told and has_one_step(facts, said)


def has_one_step(facts: Facts, said: Said) -> bool:
    """Whether the first epoch of a training takes all samples at once."""
    whole = facts.samples <= facts.record.hyperparameters["batch_size"]
    return whole and facts.epochs[:2] == [0, 1]


def steps_of_batches(facts: Facts, said: Said) -> bool:
    batch = facts.record.hyperparameters["batch_size"]
    steps = math.ceil(facts.samples / batch)
    told = int(said["batch"]), int(said["steps"])
    follows = facts.epochs[1] == facts.epochs[0] + 1
    return told == (batch, steps) and steps > 1 and follows and weight_moves(facts, said)


def counts_changes(facts: Facts, said: Said) -> bool:
    changes = sum(
        first != second
        for layer in facts.record.parameters
        for states in layer.values()
        for first, second in zip(*(state.ravel().tolist() for state in states[:2]))
    )
    return int(said.get("changes", "0")) == changes


def next_is(lower: bool) -> Claim:
    """Whether the loss after the second recorded epoch is lower, or higher."""
    return lambda facts, said: (
        facts.next_loss != facts.before and (facts.next_loss < facts.before) == lower
    )


def next_is_the_same(facts: Facts, said: Said) -> bool:
    return f"{facts.before:.4g}" == f"{facts.next_loss:.4g}"


def is_of_a_step(facts: Facts, said: Said) -> bool:
    """Whether it is a slope of the first state, in six digits, or a value before or after."""
    return any(
        reads(number(said["value"]), slope, 6)
        or reads_in_full(said["value"], first)
        or reads_in_full(said["value"], second)
        for slope, first, second in steepest_changes(facts)
    )


def is_of_a_step_or_its_length(facts: Facts, said: Said) -> bool:
    """Whether it is one of these, or how far the steepest weight goes."""
    _, first, second = steepest_changes(facts)[0]
    far = abs(float(number(said["value"])) - (second - first)) <= 2e-8 * max(1, abs(second))
    power = "e" in said["value"] and reads(number(said["value"]), second - first, 5)
    # From decimals with a power of ten five digits are left at most.
    near = math.isclose(float(number(said["value"])), second - first, rel_tol=1e-4)
    return is_of_a_step(facts, said) or far or power or near


def is_a_stage(facts: Facts, said: Said) -> bool:
    """Whether it is the slope of the steepest weight, its size, their ratio, or the new value."""
    slope, first, second = steepest_changes(facts)[0]
    like_slope = reads(abs(number(said["value"])), abs(slope), 6)
    if like_slope or is_adams_ratio(said["value"], slope):
        return True
    # As many digits of the record as come out.
    places = len(said["value"].partition(".")[2])
    came_out = first - math.copysign(facts.record.hyperparameters["learning_rate"], slope)
    return places > 3 and (
        f"{number(said['value']):.{places}f}" == f"{second:.{places}f}" == f"{came_out:.{places}f}"
    )


def is_adams_ratio(said: str, slope: float) -> bool:
    """Whether it is what Adam makes of its first slope, near 1 or −1."""
    ratio = slope / (abs(slope) + 1e-7 / math.sqrt(0.001))
    return math.isclose(float(number(said)), ratio, rel_tol=2e-6)


def steepest_changes(facts: Facts) -> list[tuple[float, float, float]]:
    """Slope, first and second value, of each layer's steepest weight from the last, and biases."""
    found = []
    for kind in ("kernel", "bias"):
        for layer, slopes in reversed([*zip(facts.dense, facts.slopes)]):
            if kind in slopes and slopes[kind].any():
                sizes = [abs(slope) for slope in slopes[kind].ravel().tolist()]
                at = sizes.index(max(sizes))
                first, second = (state.ravel().tolist()[at] for state in layer[kind][:2])
                found.append((slopes[kind].ravel().tolist()[at], first, second))
    return found


def is_the_first_m(facts: Facts, said: Said) -> bool:
    """Whether what Adam keeps of a gradient is a tenth of it."""
    return reads(number(said["m"]), 0.1 * steepest_changes(facts)[0][0], 6)


def is_the_first_v(facts: Facts, said: Said) -> bool:
    v = 0.001 * steepest_changes(facts)[0][0] ** 2
    return math.isclose(float(number(said["v"])), v, rel_tol=1e-5)


def puts_in_a_step(facts: Facts, said: Said) -> bool:
    """Whether a weight less the learning rate times Adam's ratio is put in."""
    slope, first, _ = steepest_changes(facts)[0]
    rate = facts.record.hyperparameters["learning_rate"]
    read = reads_in_full(said["old"], first) and float(number(said["rate"])) == rate
    return read and is_adams_ratio(said["factor"], slope)


def is_the_next_loss(facts: Facts, said: Said) -> bool:
    pairs = (("old", facts.before), ("new", facts.next_loss))
    return all(reads(number(said[name]), loss) for name, loss in pairs)
