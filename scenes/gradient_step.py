"""How the optimizer changes one weight, with real numbers; and then all of them."""

from collections.abc import Iterator
from typing import Any

from manim import LEFT, RIGHT, Animation, GrowFromEdge

from epochreel.lecture.words import N_
from epochreel.numbers import compact, read, rounded
from epochreel.record.loss_along import LossAlong
from epochreel.record.update import first_updates, steps_between, why_no_update
from epochreel.record.view import View
from scenes.drawing.direction import Morph, Pulse
from scenes.drawing.layout import CONTENT, SMALL, Region, Values
from scenes.drawing.motion import Appear, Disappear, Follow, Grow
from scenes.drawing.text import Label
from scenes.parts.calls import optimizer_in_short, optimizer_name
from scenes.parts.network import Network, edge_legend
from scenes.parts.network_scale import largest_weight, width_in_words
from scenes.parts.page import title_bar
from scenes.parts.step_card import StepCard, step_card
from scenes.parts.step_rows import DIGITS, StepRow, slope_text, weight_text, work_out_step
from scenes.parts.step_text import StepText, name_of
from scenes.parts.weight_curve import WeightCurve, Zoom, closer, ranges_around
from scenes.parts.weight_table import MOST, WeightTable, height_of
from scenes.stage.scene import Beat, LectureScene

SHARES = (1.9, 1)  # of the page: the picture, and the card beside it
GAP = 40  # pixels between them
PULSES = 1.2  # seconds in which light runs back through all layers
LEGEND = 76  # pixels from the top of what edges mean to the weights below


class GradientStep(LectureScene):
    """The slope of the loss along one weight, the step that comes of it, and all weights' steps."""

    title = N_("One step")
    reads = (
        *("inputs", "targets", "widths", "epochs", "losses", "parameters", "layers", "dense"),
        *("hyperparameters", "shown_epochs", "lesson"),
    )

    @classmethod
    def needs(cls, view: View) -> str | None:
        return why_no_update(view, view.targets, view.losses, view.epochs, view.dense)

    def beats(self) -> Iterator[Beat]:
        view = self.view
        self.updates = first_updates(view, view.epochs, view.targets, view.dense, MOST)
        self.update = self.updates[0]
        self.text = text = StepText(view, self.update)
        drawn: dict[str, Any] = {
            "parameters": [{name: v[:2] for name, v in each.items()} for each in view.parameters],
            "losses": view.losses[:2],
            "epochs": view.epochs[:2],
            "shown_epochs": None,  # of these no more than how wide edges are
        }
        network = {"largest weight": largest_weight(view)}
        yield Beat("slope", text.slope(), self.show_slope, drawn)
        yield Beat("step", text.step(), self.take_step, drawn)
        yield Beat("all", text.all(), self.change_all, drawn | network)

    def show_slope(self) -> None:
        """The curve, the point on it where the weight is, and the tangent there."""
        view, theme = self.view, self.theme
        self.left, right = CONTENT.columns(SHARES, GAP)
        self._draw_curves()
        self.card = self._card(right)
        self.add(title_bar(view.lesson, theme))
        first, *_ = self.curves
        self.play(Appear(first.plane, self.held, self.card.frame), run_time=0.6)
        self.play(Grow(first.curve), run_time=0.8)
        self.play(Appear(first.dot, self.card.rows[0]), run_time=0.5)
        self.play(Appear(first.tangent, self.note, self.card.rows[1]), run_time=0.5)
        self.picture = [first.plane, self.held, first.curve, first.dot, first.tangent, self.note]
        self.hold(0.6)

    def take_step(self) -> None:
        """What the optimizer makes of the slope, row by row; then the point goes there."""
        card = self.card
        rows = card.rows[2:]
        if rows:
            self.play(Appear(*rows, lag_ratio=0.6), run_time=0.2 + 0.25 * len(rows))
        self.play(Appear(card.asked), run_time=0.5)
        if len(self.curves) > 1:
            self._go_closer()
        curve = self.curves[-1]
        self.arrow = curve.arrow()
        ahead = RIGHT if self.update.move > 0 else LEFT
        self.drops = curve.drops()
        self.play(Appear(self.drops, card.result), run_time=0.4)
        moves: list[Animation] = [Follow(curve.dot, curve.show_at)]
        if self.arrow.submobjects:
            moves.append(GrowFromEdge(self.arrow, -ahead))
        self.play(*moves, run_time=0.6)
        self.hold(0.6)

    def change_all(self) -> None:
        """Light runs back through the network, all its weights change, and the loss is another."""
        view = self.view
        kernels = [view.parameters[at]["kernel"][:2] for at in view.dense]
        self._draw_network(kernels)
        network, table = self.network, self.table
        self.play(Disappear(*self.picture, self.arrow, self.drops), run_time=0.4)
        self.play(Appear(network, self.legend, table.before), run_time=0.5)
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
            run_time=0.6,
        )
        self.play(Appear(self.card.loss), run_time=0.5)
        self.hold(0.6)

    def _draw_network(self, kernels: list[Values]) -> None:
        """The network before the step, and below it what its edges mean, and some weights."""
        view, words, theme = self.view, self.words, self.theme
        place, rows = self.left.inset(20, 0), len(self.updates)
        top = place.bottom - height_of(rows)
        named = [(name_of(update, view), update) for update in self.updates]
        below = Region(place.left, top, place.right, place.bottom)
        self.table = WeightTable(named, below, words, theme)
        foot = Region(place.left, top - LEGEND, place.right, top - LEGEND / 2)
        widest = largest_weight(view)
        width = width_in_words(kernels, widest, words)
        self.legend = edge_legend(
            foot, theme, words("positive weight"), words("negative weight"), width
        )
        above = Region(place.left, place.top, place.right, foot.top - 24)
        self.network = Network(view.widths, widest, above, theme)
        self.network.display([kernel[0] for kernel in kernels])

    def _draw_curves(self) -> None:
        """One curve, or a second one of which the step is seen."""
        view, update = self.view, self.update
        self.along = along = LossAlong(view, 0, view.targets, update.place)
        names = (self.text.name, self.words("loss"))
        ranges = ranges_around(along, update)
        place = self.left
        self.curves = [WeightCurve(along, update, ranges, place, names, self.theme)]
        count = sum(state[0].size for layer in view.parameters for state in layer.values())
        held = self.words("all other parameters as they are") if count > 1 else ""
        self.held = self._above(held)
        nearer = closer(along, update, ranges)
        if nearer:
            ranges, times = nearer
            curve = WeightCurve(along, update, ranges, place, names, self.theme)
            curve.dot.move_to(curve.plane.at(update.before, curve.loss))
            self.curves.append(curve)
            text = self.words("{times} times enlarged", times=rounded(times))
            self.enlarged = self._above(" · ".join(filter(None, [held, text])))
        self.note = self.curves[0].note(f"{self.words('slope')} {slope_text(update.slope)}")

    def _above(self, text: str) -> Label:
        """A note at the right above the curve."""
        area = self.curves[0].plane.region
        return Label(text, SMALL, self.theme.faint).put(area.right, area.top - 30, 1)

    def _go_closer(self) -> None:
        """A frame around the step grows to the whole picture; the old axes go before."""
        far, near = self.curves
        frame = far.frame_of(near)
        self.play(Appear(frame), Disappear(far.plane, self.held, self.note), run_time=0.3)
        self.remove(far.curve)
        zoom = Zoom(far, near, self.along)
        near.dot = far.dot
        self.picture = [near.plane, zoom.curve, far.dot, far.tangent, self.enlarged]
        self.play(
            Morph((frame, near.whole.points)),
            Follow(zoom, zoom.show_at),
            run_time=0.7,
        )
        self.play(Appear(near.plane, self.enlarged), Disappear(frame), run_time=0.4)

    def _card(self, region: Region) -> StepCard:
        view, words, theme, update = self.view, self.words, self.theme, self.update
        start, epoch = (int(each) for each in view.epochs[:2])
        name = self.text.name
        rows = [
            (
                StepRow("w", weight_text(update.before), words("weight {name}", name=name)),
                theme.ink,
            ),
            (
                StepRow(
                    "g", slope_text(update.slope), words("gradient: slope of the loss along w")
                ),
                theme.loss,
            ),
        ]
        loss = words("loss"), f"{rounded(view.losses[0])} → {rounded(view.losses[1])}"
        if update.is_one_step:
            used = view.hyperparameters
            rate = rounded(used["learning_rate"], DIGITS)
            head = f"{words('first step')}: {optimizer_name(used)}, η = {rate}"
            worked = work_out_step(update, used)
            rows += [(row, theme.ink) for row in worked.rows]
            return step_card(head, rows, worked.result, loss, region, theme)
        head = f"{words('Epoch')} {start} → {epoch}"
        before, after = weight_text(update.before), weight_text(update.after)
        result = StepRow("", after, self._steps_in_words())
        change = compact(read(after) - read(before))
        rows.append((StepRow("Delta w", change, self._added_by()), theme.ink))
        return step_card(head, rows, result, loss, region, theme)

    def _added_by(self) -> str:
        """What changes the weight between the two epochs."""
        optimizer = optimizer_in_short(self.view.hyperparameters)
        if steps := steps_between(self.view, self.view.epochs):
            return self.words(
                "what {count} step of {optimizer} adds",
                "what {count} steps of {optimizer} add",
                count=steps,
                optimizer=optimizer,
            )
        return self.words("what {optimizer} adds", optimizer=optimizer)

    def _steps_in_words(self) -> str:
        steps = steps_between(self.view, self.view.epochs)
        if not steps or steps == 1:
            return self.words("after it")
        return self.words("after {steps} steps", steps=steps)
