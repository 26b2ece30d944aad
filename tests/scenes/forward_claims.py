"""What the forward pass claims of a record, worked out beside it."""

import numpy as np

from epochreel.record.network import outputs
from tests.scenes.claims import Claim, Said, gives_its_class
from tests.scenes.facts import Facts, number, reads


def sums_up(biased: bool) -> Claim:
    """A claim that for some sample the neuron's sum is that, and the layers make that of it."""

    def claim(facts: Facts, said: Said) -> bool:
        record, unit, layer = facts.record, int(said["unit"]) - 1, int(said["layer"]) - 1
        dense = [at for at, each in enumerate(record.layers) if each.type == "Dense"]
        at, end = dense[layer], [*dense, len(record.layers)][layer + 1]
        state = facts.epochs.index(facts.shown[0])
        made = [record.inputs, *outputs(record, state, record.inputs)]
        values = made[at].reshape(len(record.inputs), -1)
        parameters = {name: states[state] for name, states in record.parameters[at].items()}
        if values.shape[1] != int(said["count"]) or ("bias" in parameters) != biased:
            return False
        z = values @ parameters["kernel"][:, unit]
        z = z + parameters["bias"][unit] if biased else z
        after = made[end].reshape(len(values), -1)[:, unit]
        return any(
            is_near(said["z"], one)
            and (is_near(said["made"], then) if "made" in said else np.isclose(one, then))
            for one, then in zip(z.tolist(), after.tolist())
        )

    return claim


def is_near(said: str, value: float) -> bool:
    """Whether a value is what is said to its last digit."""
    shown = number(said)
    # Zeros at the end of a whole number may be no digits of it.
    exponent = (shown if abs(shown) < 1000 else shown.normalize()).as_tuple().exponent
    assert isinstance(exponent, int)
    return abs(float(shown) - value) <= 0.5000001 * 10.0**exponent


def predicts(facts: Facts, said: Said) -> bool:
    """Whether some sample, the one with this x where that is told, has prediction and truth."""
    record = facts.record
    predictions = record.predictions[facts.epochs.index(facts.shown[0])]
    return any(
        is_the_given(facts, said, sample)
        and any(
            reads(number(said["predicted"]), float(predicted)) and reads(number(said["is"]), true)
            for predicted, true in zip(predictions[sample], record.targets[sample].tolist())
        )
        for sample in range(len(record.inputs))
    )


def is_the_given(facts: Facts, said: Said, sample: int) -> bool:
    """Whether a sample is the one that is told of, by its number or by its x."""
    name, _, text = said["given"].replace(" = ", " ").rpartition(" ")
    if name == "sample":
        return int(text) == sample + 1
    return reads(number(text), float(facts.record.inputs[sample].ravel()[0]))


def gives_the_truth(facts: Facts, said: Said) -> bool:
    """Whether a sample's true class is that, and has that probability."""
    record = facts.record
    return any(
        is_the_given(facts, said, sample)
        and gives_its_class(facts, {**said, "number": f"{sample + 1}", "class": said["called"]})
        for sample in range(len(record.inputs))
    )
