"""What is to be spoken in a film: its script, and draft speech in a folder of recordings."""

from pathlib import Path

from epochreel.products.folder import files_of, put_folder
from epochreel.products.narration import file_name, narration_of
from epochreel.products.plan import FilmPlan
from epochreel.products.speech import script, speak
from epochreel.work.events import Event, Listener
from epochreel.work.store import Store, digest_of, put

SCRIPT = "script.txt"


def make_script(plan: FilmPlan, folder: Path, store: Store) -> None:
    """Write the captions of the beats that are wanted into the folder of the film's language."""
    said = [(c.clip.name, c.clip.caption, c.clip.seconds) for c in plan.clips]
    place = folder / plan.film.show.language / SCRIPT
    with store.scratch() as scratch:
        made = scratch / SCRIPT
        made.write_text(script(said), encoding="utf-8", newline="\n")
        put({place: made}, {"said": digest_of(said)})


def make_speech(plan: FilmPlan, folder: Path, store: Store, listen: Listener) -> None:
    """Speak the captions of the beats that are wanted and that nobody has recorded.

    Raises:
        NarrationError: nothing speaks here, or it failed; recordings are as they were then.
    """
    language = plan.film.show.language
    place = folder / language
    place.mkdir(parents=True, exist_ok=True)
    index = place / "speech.json"
    ours = {*files_of(index)}
    recorded = {
        beat
        for beat, path in narration_of(folder, plan.beats, language).files.items()
        if path not in ours
    }
    clips = [planned.clip for planned in plan.clips if planned.clip.name not in recorded]
    ...
