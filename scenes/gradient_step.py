"""How the optimizer changes one weight, with real numbers; and then all of them."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from manim import LEFT, RIGHT, Animation, FadeIn, GrowFromEdge

from epochreel.lecture.words import N_, Sentence
from epochreel.numbers import compact, read, rounded, spoken
from epochreel.record.loss_along import LossAlong
from epochreel.record.update import Update, first_updates, steps_between, why_no_update
from epochreel.record.view import View
from scenes.drawing.direction import Fly, Morph, Pulse
from scenes.drawing.layout import CONTENT, SMALL, Region, Values
from scenes.drawing.motion import Appear, Disappear, Follow, Grow
from scenes.drawing.names import value_name
from scenes.drawing.text import Label
from scenes.parts.calls import optimizer_name
from scenes.parts.network import Network, edge_legend
from scenes.parts.notes import note_beside
from scenes.parts.page import title_bar
from scenes.parts.step_card import step_card
from scenes.parts.step_rows import StepRow, slope_text, weight_text, work_out_step
from scenes.parts.weight_curve import WeightCurve, closer, ranges_around
from scenes.parts.weight_table import MOST, WeightTable, height_of
from scenes.stage.scene import Beat, LectureScene

SHARES = (1.9, 1)  # of the page: the picture, and the card beside it
GAP = 40  # pixels between them
DIGITS = (4, 6, 8)  # of a weight in a caption: as few as tell its two values apart
PULSES = 1.5  # seconds in which light runs back through all layers
LEGEND = 76  # pixels from the top of what edges mean to the weights below


class GradientStep(LectureScene):
    """The slope of the loss along one weight, the step that comes of it, and all weights' steps."""

    title = N_("One step")
    reads = (
        *("inputs", "targets", "widths", "epochs", "losses", "parameters", "layers", "dense"),
        *("hyperparameters", "lesson"),
    )

    @classmethod
    def needs(cls, view: View) -> str | None:
        return why_no_update(view, view.targets, view.losses, view.epochs, view.dense)

    def beats(self) -> Iterator[Beat]:
        view = self.view
        self.updates = first_updates(view, view.epochs, view.targets, view.dense, MOST)
        self.update = self.updates[0]
        self.name = self._name_of(self.update)
        drawn: dict[str, Any] = {
            "parameters": [{name: v[:2] for name, v in each.items()} for each in view.parameters],
            "losses": view.losses[:2],
            "epochs": view.epochs[:2],
        }
        yield Beat("slope", self._say_slope(), self.show_slope, drawn)
        yield Beat("step", self._say_step(), self.take_step, drawn)
        yield Beat("all", self._say_all(), self.change_all, drawn)

    def show_slope(self) -> None:
        """The curve, the point on it where the weight is, and the tangent there."""
        view, theme = self.view, self.theme
        self.left, right = CONTENT.columns(SHARES, GAP)
        self._draw_curves()
        self.card = self._card(right)
        self.add(title_bar(view.lesson, theme))
        first, *_ = self.curves
        self.play(Appear(first.plane, self.card.frame), run_time=0.6)
        self.play(Grow(first.curve), run_time=1.0)
        self.play(FadeIn(first.dot, scale=0.5), Appear(self.card.rows[0]), run_time=0.6)
        self.play(Appear(first.tangent, self.note), Appear(self.card.rows[1]), run_time=0.6)
        self.hold(1.0)

    def take_step(self) -> None:
        """What the optimizer makes of the slope, row by row; then the point goes there."""
        card = self.card
        rows = card.rows[2:]
        if rows:
            self.play(Appear(*rows, lag_ratio=0.6), run_time=0.5 + 0.4 * len(rows))
        self.play(Appear(card.asked), run_time=0.6)
        if len(self.curves) > 1:
            self._go_closer()
        curve = self.curves[-1]
        self.arrow = curve.arrow()
        ahead = RIGHT if self.update.move > 0 else LEFT
        self.drops = curve.drops()
        self.play(Appear(self.drops), FadeIn(card.result, scale=0.9), run_time=0.5)
        moves: list[Animation] = [Follow(curve.dot, curve.show_at)]
        if self.arrow.submobjects:
            moves.append(GrowFromEdge(self.arrow, -ahead))
        self.play(*moves, run_time=0.9)
        self.hold(1.0)

    def change_all(self) -> None:
        """Light runs back through the network, all its weights change, and the loss is another."""
        view, curve = self.view, self.curves[-1]
        kernels = [view.parameters[at]["kernel"][:2] for at in view.dense]
        self._draw_network(kernels)
        network, table = self.network, self.table
        shown = [curve.plane, curve.curve, curve.dot, curve.tangent, self.arrow, self.drops]
        shown += [self.note] if len(self.curves) == 1 else [self.enlarged]
        self.play(Disappear(*shown), run_time=0.4)
        self.play(Appear(network, self.legend, table.before), run_time=0.6)
        for layer in range(len(view.dense), 0, -1):
            slopes = [
                label
                for label, update in zip(table.slopes, self.updates)
                if update.place.layer == view.dense[layer - 1]
            ]
            light = Pulse(*network.ways(layer), self.theme.loss, back=True)
            seconds = max(0.3, PULSES / len(view.dense))
            self.play(light, *[Appear(*slopes)] * bool(slopes), run_time=seconds)
        self.play(
            Follow(
                network,
                lambda alpha: network.display(
                    [(1 - alpha) * before + alpha * after for before, after in kernels]
                ),
            ),
            Appear(table.after),
            run_time=0.9,
        )
        self.play(FadeIn(self.card.loss, scale=0.95), run_time=0.5)
        self.hold(1.0)

    def _draw_network(self, kernels: list[Values]) -> None:
        """The network before the step, and below it what its edges mean, and some weights."""
        view, words, theme = self.view, self.words, self.theme
        place, rows = self.left.inset(20, 0), len(self.updates)
        top = place.bottom - height_of(rows)
        named = [(self._name_of(update), update) for update in self.updates]
        below = Region(place.left, top, place.right, place.bottom)
        self.table = WeightTable(named, below, words, theme)
        foot = Region(place.left, top - LEGEND, place.right, top - LEGEND / 2)
        names = words("positive weight"), words("negative weight"), words("line width = |w|")
        self.legend = edge_legend(foot, theme, *names)
        largest = max(float(np.abs(kernel).max()) for kernel in kernels)
        above = Region(place.left, place.top, place.right, foot.top - 24)
        self.network = Network(view.widths, largest, above, theme)
        self.network.display([kernel[0] for kernel in kernels])

    def _name_of(self, update: Update) -> str:
        place = update.place
        return value_name(self.view.dense.index(place.layer), place.name, *place.indices)

    def _draw_curves(self) -> None:
        """One curve, or a second one of which the step is seen."""
        view, update = self.view, self.update
        along = LossAlong(view, 0, view.targets, update.place)
        names = (self.name, self.words("loss"))
        ranges = ranges_around(along, update)
        place = self.left
        self.curves = [WeightCurve(along, update, ranges, place, names, self.theme)]
        nearer = closer(along, update, ranges)
        if nearer:
            ranges, times = nearer
            curve = WeightCurve(along, update, ranges, place, names, self.theme)
            curve.dot.move_to(curve.plane.at(update.before, curve.loss))
            self.curves.append(curve)
            text = self.words("{times} times enlarged", times=rounded(times))
            area = curve.plane.region
            self.enlarged = Label(text, SMALL, self.theme.faint).put(area.right, area.top - 30, 1)
        first = self.curves[0]
        area = first.plane.region
        text = f"{self.words('slope')} {slope_text(update.slope)}"
        avoid = [
            first.plane.curve(
                np.linspace(first.plane.x.low, first.plane.x.high, 80),
                along(np.linspace(first.plane.x.low, first.plane.x.high, 80)),
                self.theme.loss,
            ),
            first.tangent,
        ]
        self.note = note_beside(
            first.dot.get_center(), text, area.inset(16), self.theme.accent, avoid
        )

    def _go_closer(self) -> None:
        """A frame around the step grows to the whole picture."""
        far, near = self.curves
        frame, whole = far.frame_of(near), near.whole
        self.play(Appear(frame), run_time=0.4)
        place = near.dot.get_center()
        near.dot = far.dot
        self.play(
            Morph((frame, whole.points)),
            Fly((far.dot, place)),
            Disappear(far.plane, far.curve, far.tangent, self.note),
            run_time=0.9,
        )
        near.curve.grow_to(1)
        near.curve.join()
        self.play(
            Appear(near.plane, near.curve, near.tangent, self.enlarged),
            Disappear(frame),
            run_time=0.5,
        )

    def _card(self, region: Region) -> Any:
        view, words, theme, update = self.view, self.words, self.theme, self.update
        start, epoch = (int(each) for each in view.epochs[:2])
        rows = [
            (
                StepRow("w", weight_text(update.before), words("weight {name}", name=self.name)),
                theme.ink,
            ),
            (
                StepRow("g", slope_text(update.slope), words("slope of the loss along w")),
                theme.accent,
            ),
        ]
        loss = words("loss"), f"{rounded(view.losses[0])} → {rounded(view.losses[1])}"
        if update.is_one_step:
            used = view.hyperparameters
            rate = rounded(used["learning_rate"], 6)
            head = f"{words('one step')}: {optimizer_name(used)}, η = {rate}"
            worked = work_out_step(update, used)
            rows += [(row, theme.ink) for row in worked.rows]
            return step_card(head, rows, worked.result, loss, region, theme)
        head = f"{words('Epoch')} {start} → {epoch}"
        before, after = weight_text(update.before), weight_text(update.after)
        result = StepRow("", after, self._steps_in_words())
        change = compact(read(after) - read(before))
        rows.append((StepRow("Delta w", change, words("what the epoch adds")), theme.ink))
        return step_card(head, rows, result, loss, region, theme)

    def _steps_in_words(self) -> str:
        steps = steps_between(self.view, self.view.epochs)
        if not steps or steps == 1:
            return self.words("after it")
        return self.words("after {steps} steps", steps=steps)

    def _say_slope(self) -> Sentence:
        view, update = self.view, self.update
        told = {
            "epoch": int(view.epochs[0]),
            "loss": spoken(view.losses[0]),
            "name": self.name,
            "slope": spoken(update.slope),
        }
        if update.slope > 0:
            return self.say(
                "At epoch {epoch} the loss is {loss}, and its slope along {name} alone is {slope}: "
                "it falls where {name} becomes smaller.",
                **told,
            )
        return self.say(
            "At epoch {epoch} the loss is {loss}, and its slope along {name} alone is {slope}: "
            "it falls where {name} becomes larger.",
            **told,
        )

    def _say_step(self) -> Sentence:
        view, update = self.view, self.update
        start, epoch = (int(each) for each in view.epochs[:2])
        before, after = _apart(update.before, update.after)
        told = {"name": self.name, "before": before, "after": after}
        if before == after:
            return self.say(
                "From epoch {start} to epoch {epoch}, {name} stays {before}.",
                start=start,
                epoch=epoch,
                name=self.name,
                before=before,
            )
        if update.is_one_step:
            told |= {
                "optimizer": optimizer_name(view.hyperparameters),
                "rate": rounded(view.hyperparameters["learning_rate"], 6),
            }
            if update.goes_down:
                return self.say(
                    "{optimizer} with learning rate {rate} makes one step against the slope: "
                    "{name} goes from {before} to {after}.",
                    **told,
                )
            return self.say(
                "{optimizer} with learning rate {rate} makes one step: {name} goes from {before} "
                "to {after}.",
                **told,
            )
        steps = steps_between(view, view.epochs)
        if steps and steps > 1:
            return self.say(
                "In epoch {epoch} the optimizer makes {steps} steps, each by the slope over "
                "{batch} samples at most: {name} goes from {before} to {after}.",
                epoch=epoch,
                steps=steps,
                batch=int(view.hyperparameters["batch_size"]),
                **told,
            )
        return self.say(
            "From epoch {start} to epoch {epoch}, {name} goes from {before} to {after}.",
            start=start,
            epoch=epoch,
            **told,
        )

    def _say_all(self) -> Sentence:
        view = self.view
        changed = sum(
            int((values[0] != values[1]).sum())
            for layer in view.parameters
            for values in layer.values()
        )
        told = {"start": int(view.epochs[0]), "epoch": int(view.epochs[1]), "count": changed}
        what = self.say(
            "From epoch {start} to epoch {epoch}, {count} parameter changes",
            "From epoch {start} to epoch {epoch}, {count} parameters change",
            **told,
        )
        if not changed:
            what = self.say("From epoch {start} to epoch {epoch}, no parameter changes", **told)
        elif self.update.is_one_step:
            what = self.say(
                "In the same step {count} parameter changes",
                "In the same step {count} parameters change",
                count=changed,
            )
        before, after = spoken(view.losses[0]), spoken(view.losses[1])
        if before == after:
            return self.say("{what}, and the loss stays {loss}.", what=what, loss=after)
        if view.losses[1] < view.losses[0]:
            return self.say(
                "{what}, and the loss falls from {before} to {after}.",
                what=what,
                before=before,
                after=after,
            )
        return self.say(
            "{what}, and the loss rises from {before} to {after}.",
            what=what,
            before=before,
            after=after,
        )


def _apart(before: float, after: float) -> tuple[str, str]:
    """Two values in as few digits as tell them apart."""
    for digits in DIGITS:
        texts = spoken(before, digits), spoken(after, digits)
        if texts[0] != texts[1]:
            break
    return texts
