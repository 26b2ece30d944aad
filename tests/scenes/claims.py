"""What captions claim of a record beside its numbers, each as a question to its facts."""

from collections.abc import Callable, Mapping

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
    return facts.last < facts.asked


def fell(facts: Facts, said: Said) -> bool:
    return facts.after < facts.before


def rose(facts: Facts, said: Said) -> bool:
    return facts.after > facts.before


def from_start_to_end(facts: Facts, said: Said) -> bool:
    """Whether these are the states before training and after it; a run may be stopped."""
    return facts.first == 0 < facts.last and facts.diverged_at is None


def at_one_epoch(facts: Facts, said: Said) -> bool:
    return facts.first == facts.last


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


def names_the_optimizer(facts: Facts, said: Said) -> bool:
    used = facts.record.hyperparameters
    scheduled = used.get("learning_rate_schedule")
    return _is_called(said["optimizer"], used["optimizer"]) and said.get("schedule") == scheduled


def names_the_mean(facts: Facts, said: Said) -> bool:
    """Whether what is worked out is called what it is."""
    called = facts.record.hyperparameters["loss"].replace("_", " ")
    name = said["name"].lower().removesuffix(" loss").replace("-", " ")
    return name in called and facts.is_mean(facts.first) and facts.is_mean(facts.last)


def loss_is(name: str) -> Claim:
    return lambda facts, said: facts.record.hyperparameters["loss"] == name


def is_mean(facts: Facts, said: Said) -> bool:
    """Whether nothing speaks against it: of a loss of one's own nobody knows."""
    steps = [epoch for epoch in facts.step if epoch is not None]
    return not facts.has_terms or all(map(facts.is_mean, steps))


def one_output(facts: Facts, said: Said) -> bool:
    return facts.outputs == 1


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
