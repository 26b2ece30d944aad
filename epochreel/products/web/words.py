"""What the scripts of a page and of a talk say, by the names they use; and the same translated."""

from collections.abc import Mapping

from epochreel.lecture.languages import translations
from epochreel.lecture.words import N_

PAGE_WORDS = {
    # as the film says them
    "live": N_("Epoch by epoch"),
    "curve": N_("The loss curve"),
    "epoch": N_("Epoch"),
    "loss": N_("loss"),
    "inputs": N_("input"),
    "predictions": N_("prediction"),
    "targets": N_("truth"),
    "residuals": N_("truth − prediction"),
    "parameters": N_("network parameters"),
    "positive": N_("positive weight"),
    "negative": N_("negative weight"),
    "width_scale": N_("line width = |w|"),
    "narrowed": N_("line width = |w|, up to {value}"),
    "shortened": N_("arrow: off by more than {value}"),
    "selection": N_("{shown} of {count} rows"),
    "component": N_("first component of inputs and outputs"),
    "diverged": N_("not finite from epoch {epoch}"),
    # the page's own
    "film": N_("The film"),
    "told": N_("Chapters and captions"),
    "play": N_("Play"),
    "pause": N_("Pause"),
    "back": N_("Previous epoch"),
    "on": N_("Next epoch"),
    "slider": N_("Epoch of the training"),
    "state": N_("epoch {epoch}, loss {loss}"),
    "input_layer": N_("input layer"),
    "hidden_layer": N_("hidden layer"),
    "output_layer": N_("output layer"),
    "pick": N_("Pick a sample in the table to follow it through the network."),
    "follow": N_("Follow sample {number}: input {x}"),
    "followed": N_("Sample {number}: input {x}, prediction {prediction}, truth {truth}."),
    "followed_class": N_(
        "Sample {number}: {prediction} is the probability of its true class {truth}; predicted is "
        "{predicted}."
    ),
    "probability": N_("probability of the true class"),
    "true_class": N_("true class"),
    "predicted_class": N_("predicted class"),
    "first_input": N_("first of {count} inputs"),
    "dense": N_("Of {count} layers the picture shows the Dense ones: {shown}."),
    "unknown_outputs": N_(
        "One layer of this network cannot be computed here, so only its ends have numbers."
    ),
    "weight_help": N_(
        "Point at a number or an edge, or go to a number with Tab and the arrow keys, to see "
        "it over all epochs."
    ),
    "weight": N_("{name} = {value}, over all epochs from {low} to {high}"),
    "network_picture": N_("The network, layers of {widths} units, at epoch {epoch}"),
    "curve_picture": N_("The loss curve: {first} at epoch {start}, {last} at epoch {end}"),
    "kept": N_("This page holds {shown} of the {count} recorded epochs."),
    "language": N_("Language"),
    "theme": N_("Colours"),
    "paper": N_("Light"),
    "night": N_("Dark"),
}

TALK_WORDS = {
    "play": N_("Play"),
    "pause": N_("Pause"),
    "replay": N_("Replay"),
    "captions": N_("Captions"),
    "off": N_("off"),
    "overview": N_("Overview"),
    "speaker": N_("Speaker view"),
    "full_screen": N_("Full screen"),
    "controls": N_("Controls"),
}


def translated(words: Mapping[str, str], language: str) -> dict[str, str]:
    """Words by their names, in a language."""
    known = translations(language)
    return {name: known.gettext(text) for name, text in words.items()}
