"""Rows that teach something come first, as many of each class as there is room for."""

import numpy as np

from epochreel.lecture.words import Words
from epochreel.record.classes import Classes
from scenes.parts.worth_showing import learned_most, of_each_class, worst_first

ENGLISH = Words("en")


def classes(sizes: list[int], given: list[float] | None = None) -> Classes:
    """Samples of classes one after the other; `given` is the probability of each one's own."""
    true = np.repeat(np.arange(len(sizes)), sizes)
    own = np.array(given or [0.9] * len(true))
    count = len(sizes)
    probabilities = np.repeat((1 - own[:, None]) / (count - 1), count, axis=1)
    probabilities[np.arange(len(true)), true] = own
    names = tuple(f"class {at}" for at in range(count))
    return Classes(names, true, probabilities[None])


def test_what_has_room_is_shown_in_its_order_and_without_words() -> None:
    worth = of_each_class(classes([2, 3], [0.9, 0.1, 0.9, 0.2, 0.9]), 5, ENGLISH)
    assert (worth.samples, worth.note) == ([0, 1, 2, 3, 4], "")


def test_wrong_ones_are_first_in_their_class_and_the_worst_of_them_first_of_all() -> None:
    given = [0.9, 0.3, 0.8, 0.1, 0.9, 0.9, 0.9, 0.2]
    worth = of_each_class(classes([4, 4], given), 6, ENGLISH)

    assert worth.samples == [3, 1, 0, 7, 4, 5]
    assert worth.note == "3 rows of each class (6 of 8), wrong ones at the end first"


def test_a_class_with_fewer_samples_has_fewer_rows() -> None:
    worth = of_each_class(classes([1, 9]), 6, ENGLISH)

    assert worth.samples == [0, 1, 2, 3]
    assert worth.note == "4 of 10 rows: some of each class"


def test_of_more_classes_than_rows_the_wrong_ones_are_shown() -> None:
    given = [0.9] * 30
    given[17] = given[4] = 0.01
    worth = of_each_class(classes([2] * 15, given), 6, ENGLISH)

    assert len(worth.samples) == 6
    assert {*worth.samples[:2]} == {4, 17}
    assert worth.note == "6 of 30 rows, wrong ones at the end first"


def test_the_one_to_follow_gains_most_from_the_state_on_where_it_starts() -> None:
    first = classes([2, 2], [0.5, 0.1, 0.6, 0.2])
    last = classes([2, 2], [0.9, 0.8, 0.7, 0.95])
    both = Classes(last.names, last.true, np.stack([first.probabilities[0], last.probabilities[0]]))

    assert learned_most(both, range(4), 0) == 3
    assert learned_most(both, [0, 1, 2], 0) == 1
    assert learned_most(both, [2, 3, 1], 1) == 0


def test_the_farthest_off_come_first_in_each_outputs_own_unit() -> None:
    errors = np.array([[0.0, 50.0], [-2.0, 0.0], [0.5, -100.0], [1.0, 1.0]])

    assert worst_first(errors, 3, ENGLISH).samples == [1, 2, 0]
    assert worst_first(errors, 4, ENGLISH).samples == [0, 1, 2, 3]
