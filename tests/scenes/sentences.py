"""Every sentence that a caption can be, with what it claims; a new one has to be put here."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from tests.scenes.claims import (
    Claim,
    always,
    at_one_epoch,
    both,
    both_end_at,
    came_closer,
    counts_parameters,
    counts_samples,
    counts_trained,
    directions_hold,
    diverged,
    ends_at,
    falls_there,
    fell,
    follows_its_rule,
    from_input_to_output,
    from_start_to_end,
    gives_its_class,
    goes_to_epoch,
    has_rule,
    held_out_are_right,
    initial,
    is_a_term,
    is_cross_entropy,
    is_mean,
    is_mean_of_terms,
    is_the_lowest,
    loss_is,
    marks_the_shown,
    named_mean,
    names_the_feature,
    names_the_loss,
    names_the_mean,
    names_the_optimizer,
    no_rule,
    no_weight_changes,
    of_classes,
    of_classes_alike,
    of_every_output,
    one_output,
    one_sample,
    one_step,
    overfits,
    parameters_change,
    predictions_move,
    read_the_same,
    right_there,
    rises_there,
    rose,
    several_outputs,
    some_outside,
    stays,
    stopped,
    tells_of_validation,
    validation_ends_at,
)
from tests.scenes.facts import DELTA, NUMBER, Facts, number, reads
from tests.scenes.forward_claims import gives_the_truth, predicts, sums_up
from tests.scenes.step_claims import (
    adam_makes_one_step,
    counts_changes,
    falls_ahead,
    falls_behind,
    has_one_step,
    next_is,
    next_is_the_same,
    steps_of_batches,
    weight_moves,
    weight_stays,
)

# By the name of a place in the patterns below, what stands there.
PLACES: Mapping[str, Callable[[Facts], float | None]] = {
    "first": lambda facts: facts.first,
    "last": lambda facts: facts.last,
    "before": lambda facts: facts.before,
    "after": lambda facts: facts.after,
    "lowest": lambda facts: facts.lowest,
    "lowest_at": lambda facts: facts.lowest_at,
    "asked": lambda facts: facts.asked,
    "diverged": lambda facts: facts.diverged_at,
    "samples": lambda facts: facts.samples,
    "parting": lambda facts: facts.lowest_validation_at,
    "right_first": lambda facts: facts.right(0),
    "right_last": lambda facts: facts.right(-1),
    "held_out": lambda facts: facts.held_out,
    "height": lambda facts: facts.record.inputs.shape[1],
    "width": lambda facts: facts.record.inputs.shape[2],
    "classes": lambda facts: len(facts.record.class_names),
    "inputs": lambda facts: facts.inputs,
    "outputs": lambda facts: facts.outputs,
    "terms": lambda facts: facts.terms,
    "parameters": lambda facts: facts.parameters,
    "shown": lambda facts: len(facts.shown),
    "low_x": lambda facts: facts.range_of(facts.record.inputs)[0],
    "high_x": lambda facts: facts.range_of(facts.record.inputs)[1],
    "low_y": lambda facts: facts.range_of(facts.record.targets)[0],
    "high_y": lambda facts: facts.range_of(facts.record.targets)[1],
    "rate": lambda facts: facts.record.hyperparameters["learning_rate"],
    "delta": lambda facts: DELTA,
    "shown_first": lambda facts: facts.shown[0],
    "sample": lambda facts: facts.followed[0] + 1,
    "output": lambda facts: facts.followed[1] + 1,
    "x": lambda facts: facts.x,
    "prediction": lambda facts: facts.prediction,
    "own": lambda facts: facts.own_loss,
    "next": lambda facts: facts.epochs[1],
    "next_loss": lambda facts: facts.next_loss,
    "step_start": lambda facts: facts.step[0],
    "step_end": lambda facts: facts.step[1],
    "step_before": lambda facts: facts.losses[facts.step[0]],
    "step_after": lambda facts: facts.losses[facts.step[1] or 0],
}


# A weight by its name, and the same once more.
W, AGAIN = r"w<layer>\[{row}, {column}\]", r"w(?P=layer)\[(?P=row), (?P=column)\]"
CHANGES: Mapping[str, Claim] = {
    "From epoch {first} to epoch {next}, {changes} parameters? changes?": counts_changes,
    "In the same step {changes} parameters? changes?": both(counts_changes, has_one_step),
}
NEXT_LOSS: Mapping[str, Claim] = {
    "falls from {before} to {next_loss}": next_is(lower=True),
    "rises from {before} to {next_loss}": next_is(lower=False),
    "stays {next_loss}": next_is_the_same,
}
# Sentences without their full stop: {name} is a number, see PLACES, and <name> words. What does
# not stand in PLACES is looked at by the claim.
CLAIMS: Mapping[str, Claim] = {
    "Training a neural network: the loss function": always,
    "References": always,
    "The input x: one sample, {low_x}": one_sample,
    "The input x: {samples} samples, from {low_x} to {high_x}": always,
    "{samples} samples? (?:with|of) {inputs} features?(?: each)?": tells_of_validation(False),
    "{samples} samples? with {inputs} features?(?: each)?, and {held_out} more for validation": (
        tells_of_validation(True)
    ),
    "{samples} images? of {width} × {height} pixels": tells_of_validation(False),
    "{samples} images? of {width} × {height} pixels, and {held_out} more for validation": (
        tells_of_validation(True)
    ),
    "Each is of one of {classes} classes, {most} of every class": of_classes_alike,
    "Each is of one of {classes} classes, of which there are {least} to {most}": of_classes,
    "Every sample has {outputs} true values to learn": several_outputs,
    r"The rule to learn is f\(x\) = <rule>": has_rule,
    "Every sample has a true value to learn": no_rule,
    "The true value is {low_y}": lambda facts, said: len({*facts.record.targets[:, 0]}) == 1,
    "The rule gives each x its true value, from {low_y} to {high_y}": follows_its_rule,
    "The rule's values with noise are the true values, from {low_y} to {high_y}": (
        lambda facts, said: has_rule(facts, said) and not follows_its_rule(facts, said)
    ),
    "The true values go from {low_y} to {high_y}": of_every_output,
    "Compile and fit: a loss function, an optimizer, {asked} epochs?": lambda f, s: (
        not stopped(f, s)
    ),
    "Compile and fit: epochs asked for {asked}, trained {last}": stopped,
    "The loss function, <loss>, says how far off predictions are": names_the_loss,
    "The optimizer, <optimizer> with learning rate {rate}, says how to change the weights": (
        names_the_optimizer
    ),
    "The optimizer is <optimizer>: it says how to change the weights. <schedule> sets the learning "
    "rate, {rate} at first": names_the_optimizer,
    "<layers> layers? leads? from an input of <start> to an output of <end>": (
        from_input_to_output
    ),
    "The first Dense layer has <why> = <sum> weights(?P<bias> and biases), the network <count> "
    "parameters?": counts_parameters,
    r"Weights of the first Dense layer: <why> = <sum>\. Parameters of the network: <count>": (
        counts_parameters
    ),
    "Epoch {epoch}: the network has {parameters} parameters?, and its loss is {end_loss}": initial,
    "At epoch {epoch} the loss is {end_loss}, as before": stays,
    "After epoch {epoch} the loss has fallen from {start_loss} to {end_loss}": falls_there,
    "After epoch {epoch} the loss has risen from {start_loss} to {end_loss}": rises_there,
    "From epoch {start} to {epoch} the loss falls from {start_loss} to {end_loss}": falls_there,
    "From epoch {start} to {epoch} the loss rises from {start_loss} to {end_loss}": rises_there,
    "The true function, and the predictions at epoch {first}": has_rule,
    "The true values, and the predictions at epoch {first}": one_output,
    "The predictions at epoch {first} over the true values, equal to them on the line": always,
    "At epoch {last} the loss is {before}, as at epoch {first}": read_the_same,
    "By epoch {last} the training loss falls from {before} to {after}; the validation loss is "
    "lowest at epoch {parting}": fell,
    "By epoch {last} predictions are closer to the truth: the loss falls from {before} to "
    "{after}": came_closer,
    "From epoch {first} to epoch {last} the predictions move as the loss goes from {before} to "
    "{after}": predictions_move,
    "Training diverges: the loss is {before} at epoch {first}, {after} at epoch {last}, and no "
    "finite number from epoch {diverged} on": diverged,
    "At epoch {first} the loss is {before}": at_one_epoch,
    "The loss is {before} at epoch {first} and {after} at epoch {last}": always,
    "From epoch {first} to epoch {last} the loss falls from {before} to {after}": fell,
    "The loss rises from {before} at epoch {first} to {after} at epoch {last}": rose,
    r"Marked on the curve: epochs? (?P<marked>[\d–, ]+)": marks_the_shown,
    "{shown} epochs? of the curve (?:is|are) marked": always,
    "From epoch {parting} to {last} the loss falls from <fell> to {after} on what the network is "
    "trained on, and rises from <bottom> to <risen> on validation samples: it overfits": overfits,
    "What the network says of every place of the plane at epoch {first}: {right_first} of "
    "{samples} samples lie in the region of their class": always,
    "The true classes and the predicted ones at epoch {first}: {right_first} of {samples} samples "
    "are right, on the diagonal": always,
    "From epoch {first} to epoch {last} the number of right samples goes from {right_first} to "
    "{right_last} of {samples}": lambda facts, said: facts.right(0) != facts.right(-1),
    "At epoch {last} {right_last} of {samples} samples are right, as many as at epoch {first}": (
        lambda facts, said: facts.right(0) == facts.right(-1)
    ),
    "The mean squared error is the mean of the squared differences": loss_is("mean_squared_error"),
    "The mean absolute error is the mean of the differences without their signs": loss_is(
        "mean_absolute_error"
    ),
    "The Huber loss squares small differences, and grows in a line with large ones": loss_is(
        "huber"
    ),
    "The log-cosh loss is the mean of the logarithms of cosh of the differences": loss_is(
        "log_cosh"
    ),
    "y is the true target, ŷ is the prediction, and n counts the pairs of them": always,
    "The cross-entropy is the mean of −ln of the probability given to the true class": both(
        is_cross_entropy, counts_samples
    ),
    "The cross-entropy is the mean of −ln of the probability of what is true": both(
        is_cross_entropy, loss_is("binary_crossentropy")
    ),
    "c is the true class, ŷ is the probability given to it, and n counts the samples": (
        counts_samples
    ),
    "y is the truth, 1 or 0; ŷ is the predicted probability of 1; n counts the pairs": loss_is(
        "binary_crossentropy"
    ),
    "The less probability the truth is given, the larger is −ln p: at epoch {first} the mean is "
    "{before}": is_cross_entropy,
    "From epoch {first} to epoch {last} the mean falls from {before} to {after}": both(
        is_mean_of_terms, fell
    ),
    "From epoch {first} to epoch {last} the mean rises from {before} to {after}": both(
        is_mean_of_terms, rose
    ),
    "At epoch {last} the mean is {before}, as at epoch {first}": both(
        is_mean_of_terms, read_the_same
    ),
    "Training diverges: the mean is {before} at epoch {first}, {after} at epoch {last}, and no "
    "finite number from epoch {diverged} on": both(is_mean_of_terms, diverged),
    "y is true, ŷ is predicted; their difference is the side of a square, its area is the "
    "term, {term}": both(loss_is("mean_squared_error"), is_a_term),
    "y is true, ŷ is predicted; their difference without its sign is the term, {term}": both(
        loss_is("mean_absolute_error"), is_a_term
    ),
    "Averaged, the {terms} squares make one: the <name>, {before} at epoch {first}": both(
        loss_is("mean_squared_error"), names_the_mean
    ),
    "Averaged, the {terms} bars make one: the <name>, {before} at epoch {first}": both(
        loss_is("mean_absolute_error"), names_the_mean
    ),
    "Of one pair the <name> is its term: {before} at epoch {first}": both(
        names_the_mean, lambda facts, said: facts.terms == 1
    ),
    "The farther a prediction is from the truth, the larger is its term: at epoch {first} the "
    "mean is {before}": both(
        is_mean_of_terms, lambda facts, said: not is_cross_entropy(facts, said)
    ),
    "The smaller, the better: at epoch {first} it is {before}": at_one_epoch,
    "The smaller, the better: here it goes from {before} to {after}, and is not finite from "
    "epoch {diverged}": diverged,
    "The smaller, the better: {before} before training, {after} after it": from_start_to_end,
    "The smaller, the better, but here it rises: {before} at epoch {first}, {after} at epoch "
    "{last}": rose,
    "The smaller, the better: {before} at epoch {first}, {after} at epoch {last}": always,
    "Put the {terms} pairs? into the formula, at epoch {first}": at_one_epoch,
    "Put the {terms} pairs? into the formula, before training and after": (from_start_to_end),
    "Put the {terms} pairs? into the formula, at epochs {first} and {last}": always,
    "Put the {terms} probabilit(?:y|ies) of what is true into the formula, at epoch {first}": both(
        is_cross_entropy, at_one_epoch
    ),
    "Put the {terms} probabilit(?:y|ies) of what is true into the formula, before training and "
    "after": both(is_cross_entropy, from_start_to_end),
    "Put the {terms} probabilit(?:y|ies) of what is true into the formula, at epochs {first} and "
    "{last}": is_cross_entropy,
    "Each term is −ln of the probability given to what is true: the nearer that is to 1, the "
    "nearer is the term to 0": is_cross_entropy,
    "Each term is a squared difference, never negative": loss_is("mean_squared_error"),
    "Each term is a difference without its sign, never negative": loss_is("mean_absolute_error"),
    "Up to {delta} a difference counts with half its square, beyond that along a line": loss_is(
        "huber"
    ),
    "log cosh is near half the square of a small difference, and near a large one's size": loss_is(
        "log_cosh"
    ),
    "Add them up and divide by {terms}: the <name> is {before}": names_the_mean,
    "Add them up and divide by {terms}: the <name> goes from {before} to {after}": names_the_mean,
    "At epoch {step_start} sample {sample} goes through the network: for <feature> = {x} it "
    "predicts {prediction}": lambda facts, said: (
        one_output(facts, said) and names_the_feature(facts, said)
    ),
    "At epoch {step_start} sample {sample} goes through the network: for <feature> = {x} output "
    "{output} is {prediction}": lambda facts, said: (
        several_outputs(facts, said) and names_the_feature(facts, said)
    ),
    "At epoch {step_start} sample {sample} goes through the network: for <feature> = {x} it "
    "predicts <target> = {prediction}": lambda facts, said: (
        names_the_feature(facts, said)
        and said["target"] == facts.record.target_names[facts.followed[1]]
    ),
    "At epoch {step_start} sample {sample} goes through the network: output {output} is "
    "{prediction}": several_outputs,
    "At epoch {step_start} sample {sample} goes through the network: it predicts {prediction}": (
        one_output
    ),
    "At epoch {step_start} sample <number> goes through the network: to its true class, <class>, "
    "it gives the probability <probability>": gives_its_class,
    "In layer {layer} neuron {unit} adds {count} values? times (?:its weight|their weights) and "
    "the bias: {z}": sums_up(biased=True),
    "In layer {layer} neuron {unit} adds {count} values? times (?:its weight|their weights) and "
    "the bias: {z}, and (?P<function>.+) (?:makes|is) {made} (?:of it|here)": sums_up(biased=True),
    "In layer {layer} neuron {unit} (?:takes|adds up) {count} values? times "
    "(?:its weight: |their weights to ){z}": sums_up(biased=False),
    "In layer {layer} neuron {unit} (?:takes|adds up) {count} values? times "
    "(?:its weight: |their weights to ){z}, and (?P<function>.+) (?:makes|is) {made} "
    "(?:of it|here)": sums_up(biased=False),
    "At epoch {shown_first} the network predicts {predicted} for <given>; the true value is "
    "{is}": predicts,
    "For <given> the network gives <called>, the true class, the probability <probability> at "
    "epoch {shown_first}": gives_the_truth,
    "The loss function compares prediction and truth: the <name> is {step_before}": named_mean,
    "The loss compares prediction and truth: {own} for sample {sample}, {step_before} on average "
    "over (?:all )?{samples}(?: sample)?": lambda facts, said: (
        (one_output(facts, said) or bool(facts.record.class_names)) and is_mean(facts, said)
    ),
    "The loss function compares prediction and truth: the loss is {own} here, and {step_before} is "
    "the mean over all samples and outputs": is_mean,
    "The loss over the two directions in which the <trained> parameters moved most, with {share} % "
    "of their movement: from epoch {first} to epoch {last} the run goes from a loss of {before} to "
    "{after}": both(counts_trained, directions_hold),
    "The loss along the direction in which the <trained> parameters moved, and along one at right "
    "angles to it: from epoch {first} to epoch {last} the run goes from a loss of {before} to "
    "{after}": both(counts_trained, directions_hold),
    "In epoch {step_end} no weight changes, and the <name> is {step_after}": no_weight_changes,
    "From epoch {step_start} to epoch {step_end} no weight changes, and the <name> is "
    "{step_after}": no_weight_changes,
    "In epoch {step_end} the optimizer changes the parameters by their gradients, and the <name> "
    "becomes {step_after}": one_step,
    "From epoch {step_start} to epoch {step_end} the optimizer changes the parameters by their "
    "gradients, and the <name> becomes {step_after}": parameters_change,
    f"At epoch {{first}} the slope along {W} is {{slope}}: the loss falls as {AGAIN} increases": (
        falls_ahead
    ),
    f"At epoch {{first}} the slope along {W} is {{slope}}: the loss falls as {AGAIN} decreases": (
        falls_behind
    ),
    f"<optimizer> with learning rate {{rate}} makes one step against the slope: {W} goes from "
    "{old} to {new}": adam_makes_one_step,
    f"In epoch {{next}} the optimizer makes {{steps}} steps, each by the slope over {{batch}} "
    f"samples at most: {W} goes from {{old}} to {{new}}": steps_of_batches,
    f"From epoch {{first}} to epoch {{next}}, {W} goes from {{old}} to {{new}}": weight_moves,
    f"From epoch {{first}} to epoch {{next}}, {W} stays {{old}}": weight_stays,
    **{
        f"{start}, and the loss {becomes}": both(is_so, claim)
        for start, is_so in CHANGES.items()
        for becomes, claim in NEXT_LOSS.items()
    },
    "From epoch {first} to epoch {next}, no parameter changes, and the loss stays "
    "{next_loss}": both(counts_changes, next_is_the_same),
}
# What may follow a sentence. Of the axis and of what is outside it see test_truth_on_screen.py.
TAILS: Mapping[str, Claim] = {
    r" \(logarithmic axis\)": lambda facts, said: min(facts.losses.values()) > 0,
    ", on a logarithmic axis with a place for zero at its foot": lambda facts, said: (
        min(facts.losses.values()) == 0
    ),
    "; the lowest is {lowest} at epoch {lowest_at}": is_the_lowest,
    "; from epoch {diverged} on it is (?:not finite|no finite number)": diverged,
    "; the map is as large as its path up to epoch {reached}": goes_to_epoch,
    "; gradients train <trained> of them": counts_trained,
    "; training stopped there, and {asked} epochs were asked for": stopped,
    "; on validation samples it ends at <value>": validation_ends_at,
    "; <score> ends at <value>": ends_at,
    "; <score> ends at <value>, on validation samples at <other>": both_end_at,
    "; <right> of {samples} samples are right": right_there,
    "; of the validation samples <right> of {held_out} are right at the end": held_out_are_right,
    "; at the end {outside} of {samples} predictions are outside the picture": some_outside,
}


def pattern(sentence: str) -> re.Pattern[str]:
    """A sentence of the tables with its places as groups."""
    named = re.sub(r"\{(\w+)\}", lambda place: f"(?P<{place[1]}>{NUMBER.pattern})", sentence)
    return re.compile(re.sub(r"(?<!\?P)<(\w+)>", r"(?P<\1>[^,:;]+)", named))


HEADS = {pattern(sentence): claim for sentence, claim in CLAIMS.items()}
ENDS = {pattern(f"(?P<head>.*){tail}"): claim for tail, claim in TAILS.items()}


def wrong(caption: str, facts: Facts) -> list[str]:
    """What of an English caption is false, or no known sentence."""
    rest, found = caption.removesuffix("."), []
    while tail := next((m for m in (end.fullmatch(rest) for end in ENDS) if m), None):
        found += false(tail, ENDS[tail.re], facts)
        rest = tail["head"]
    heads = [match for match in (head.fullmatch(rest) for head in HEADS) if match]
    if len(heads) != 1:
        return [*found, f"{len(heads)} known sentences read like {rest!r}"]
    return found + false(heads[0], HEADS[heads[0].re], facts)


def false(match: re.Match[str], claim: Claim, facts: Facts) -> list[str]:
    """Which numbers of a sentence are not the record's; if all are, whether its claim is not so."""
    said = match.groupdict()
    places = [name for name in said if name in PLACES]
    found = [
        f"{name} is said to be {said[name]}"
        for name in places
        if not _is(number(said[name]), name, facts)
    ]
    if not found and not claim(facts, said):
        found.append(f"not so: {match[0]!r}")
    return found


def _is(said: Decimal, name: str, facts: Facts) -> bool:
    value = PLACES[name](facts)
    digits = 6 if name == "rate" else max(4, len(said.as_tuple().digits))
    return value is not None and reads(said, value, digits)
