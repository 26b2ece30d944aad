"""A plan as a short tree: what would be trained, drawn and joined, and why."""

import io
from collections.abc import Sequence
from itertools import groupby

from rich.console import Console
from rich.markup import escape
from rich.tree import Tree

from epochreel.products.plan import FilmPlan
from epochreel.work.clips import Planned
from epochreel.work.store import State


def tree_of(plan: FilmPlan) -> str:
    """The tree as text, one line per thing to do."""
    tree = Tree(escape(str(plan.film.path)))
    record = plan.film.record
    if record and record.missing:
        epochs = record.lecture.training.epochs
        tree.add(escape(f"train {epochs:,} epochs: {record.why}"))
    if plan.state is State.WHOLE:
        tree.add("nothing to do")
    else:
        _add_clips(tree, plan)
    text = io.StringIO()
    Console(file=text, width=10_000, highlight=False).print(tree)
    return "\n".join(line.rstrip() for line in text.getvalue().splitlines()) + "\n"


def _add_clips(tree: Tree, plan: FilmPlan) -> None:
    missing, whole = _seconds(plan.missing), _seconds(plan.clips)
    if missing:
        clips = f"draw {len(plan.missing)} of {_clips(plan)}"
        branch = tree.add(escape(f"{clips}, {missing:.1f} of {whole:.1f} s of film"))
        for scene, group in groupby(plan.missing, key=lambda planned: planned.clip.scene):
            for why, clips_of_it in groupby(group, key=lambda planned: planned.why):
                run = list(clips_of_it)
                beats = ", ".join(planned.clip.beat for planned in run)
                branch.add(escape(f"{scene}: {why} ({beats}; {_seconds(run):.1f} s)"))
    if plan.missing_crossfades:
        _add_crossfades(tree, plan)
    tree.add(f"join {_clips(plan)}")


def _add_crossfades(tree: Tree, plan: FilmPlan) -> None:
    missing, count = plan.missing_crossfades, len(plan.crossfades)
    crossfades = "1 crossfade" if count == 1 else f"{count} crossfades"
    branch = tree.add(f"make {len(missing)} of {crossfades}")
    for why, group in groupby(missing, key=lambda planned: planned.why):
        branch.add(escape(f"{why} ({', '.join(planned.name for planned in group)})"))


def _clips(plan: FilmPlan) -> str:
    return "1 clip" if len(plan.clips) == 1 else f"{len(plan.clips)} clips"


def _seconds(clips: Sequence[Planned]) -> float:
    return sum(planned.clip.seconds for planned in clips)
