"""What is to be spoken in a film: its script, and draft speech in a folder of recordings."""

from pathlib import Path

from epochreel.errors import BadOutput, shown
from epochreel.products.folder import put_folder, unchanged
from epochreel.products.narration import DRAFTS, narration_of, recording_name
from epochreel.products.plan import FilmPlan
from epochreel.products.speech import script, speak
from epochreel.work.events import Event, Listener
from epochreel.work.store import Store, digest_of, put

SCRIPT = "script.txt"


def make_script(plan: FilmPlan, folder: Path, store: Store) -> Path:
    """Write the captions of the beats that are wanted into the folder of the film's language.

    Raises:
        BadOutput: there is a script that somebody else wrote or changed.
    """
    said = [(each.clip.name, each.clip.caption, each.clip.seconds) for each in plan.clips]
    place = folder / plan.film.show.language / SCRIPT
    if place.exists() and place not in unchanged(place):
        raise BadOutput(
            f"{shown(place)} was written or changed by somebody else; it is left as it is. Move it "
            "away, or give --to another folder.",
            field="--to",
            value=place,
        )
    with store.scratch() as scratch:
        made = scratch / SCRIPT
        made.write_text(script(said), encoding="utf-8", newline="\n")
        put({place: made}, {"said": digest_of(said)})
    return place


def make_speech(plan: FilmPlan, folder: Path, store: Store, listen: Listener) -> list[Path]:
    """Speak the captions of the beats that are wanted, but those that somebody has recorded.

    Gives what was spoken, which takes the place of what the last run spoke; drafts of beats that
    are not wanted stay. A list of all lies beside them: they are no lecturer's own, and give way.

    Raises:
        NarrationError: nothing speaks here, or it failed; every recording is as it was then.
    """
    language = plan.film.show.language
    place = folder / language
    place.mkdir(parents=True, exist_ok=True)
    drafts = {*unchanged(place / DRAFTS)} - {place / DRAFTS}
    found = narration_of(folder, plan.beats, language).files
    recorded = {beat for beat, path in found.items() if path not in drafts}
    clips = [each.clip for each in plan.clips if each.clip.name not in recorded]
    with store.scratch() as scratch:
        made = {place / DRAFTS: scratch / DRAFTS}
        for done, clip in enumerate(clips):
            listen(Event("speaking", clip.scene, clip.beat, done / len(clips)))
            file = scratch / f"{recording_name(clip.name)}.wav"
            speak(clip.caption, language, file)
            made[place / file.name] = file
        spoken = [file for file in made if file.name != DRAFTS]
        wanted = {recording_name(each.clip.name) for each in plan.clips}
        made |= {draft: draft for draft in drafts if draft.stem not in wanted}
        names = [f"{file.name}\n" for file in made if file.name != DRAFTS]
        made[place / DRAFTS].write_text("".join(names), encoding="utf-8", newline="\n")
        put_folder(made, {"said": digest_of([clip.caption for clip in clips])})
    return spoken
