"""What a machine makes products with, whatever their settings: two that agree make the same."""

from dataclasses import asdict

from epochreel.work import ingredients
from epochreel.work.clips import modules_of
from epochreel.work.code import code_on_disk
from epochreel.work.store import digest_of
from scenes.drawing.words import PHRASES
from scenes.stage.catalogue import CATALOGUE

# What does the tasks and carries them. What trains and draws is told by its own modules.
TASKS = (
    "epochreel.products.lecture",
    "epochreel.products.stills",
    "epochreel.work.clips",
    "epochreel.work.cluster",
    "epochreel.work.records",
)


def of_machine() -> dict[str, str]:
    """Code, words, fonts and libraries, as ingredients."""
    scenes = [module for entry in CATALOGUE for module in modules_of(entry.name)]
    return {
        "code of epochreel": code_on_disk((*scenes, *ingredients.TRAINING, *TASKS)),
        "words": digest_of({language: asdict(words) for language, words in PHRASES.items()}),
        **ingredients.of_drawing_libraries(),
        **ingredients.of_training_libraries(),
    }
