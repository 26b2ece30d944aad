"""What a machine makes products with, whatever their settings: two that agree make the same."""

from epochreel.lecture.languages import LANGUAGES, words_digest
from epochreel.work import ingredients
from epochreel.work.code import code_on_disk
from epochreel.work.drawing_code import modules_of
from epochreel.work.store import digest_of
from scenes.stage.catalogue import shipped

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
    scenes = [module for scene in shipped().values() for module in modules_of(scene)]
    return {
        "code of epochreel": code_on_disk((*scenes, *ingredients.TRAINING, *TASKS)),
        "words": digest_of({language: words_digest(language) for language in LANGUAGES}),
        **ingredients.of_drawing_libraries(),
        **ingredients.of_training_libraries(),
    }
