"""epochreel's own epoch page with the timing of `plain_page.py`: still, counting, still.

BENCH_RECORD=run.json BENCH_EPOCHS=0,1 manim -qh --disable_caching own_page.py OwnPage
"""

import os
from collections.abc import Iterator
from itertools import pairwise

from scenes.drawing.motion import Follow
from scenes.epochs import Epochs
from scenes.parts.page import title_bar
from scenes.parts.value_page import ValuePage
from scenes.stage.scene import Beat


class OwnPage(Epochs):
    """Everything on the page of the `epochs` scene, which has residuals and more besides.

    It counts in every frame, as plain Manim does.
    """

    record = os.environ["BENCH_RECORD"]
    stepped = False

    def beats(self) -> Iterator[Beat]:
        """One beat: the whole page."""
        yield Beat("page", self.say(""), self.count)

    def count(self) -> None:
        """Stand for a second, then count for one and stand for one, to each further epoch."""
        shown = [self.view.at(int(epoch)) for epoch in os.environ["BENCH_EPOCHS"].split(",")]
        self.page = page = ValuePage(self.view, self.words, self.theme)
        page.show_at(shown[0])
        self.add(title_bar(self.view.lesson, self.theme), page)
        self.hold()
        for start, stop in pairwise(shown):
            self.sweep(start, stop)
            self.hold()

    def sweep(self, start: int, stop: int) -> None:
        """A second from one epoch to another."""

        def show(share: float) -> None:
            self.page.show_at(start + share * (stop - start))

        self.play(Follow(self.page, show, stepped=self.stepped, run_time=1))


class SteppedPage(OwnPage):
    """The same, counting at 30 steps a second as the film does."""

    stepped = True
