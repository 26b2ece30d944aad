"""Places between two states, of all samples together or of each by itself."""

import numpy as np

from scenes.parts.moment import Moment

STATES = np.array([[0.0, 0.0, 0.0], [10.0, 20.0, 30.0]])


def test_samples_may_be_at_places_of_their_own() -> None:
    moment = Moment(0, 1, np.array([0.0, 0.25, 0.75]))

    assert moment.between(STATES).tolist() == [0.0, 5.0, 22.5]
    assert moment.nearest(STATES).tolist() == [0.0, 0.0, 30.0]
    assert [moment.of(sample).nearer for sample in range(3)] == [0, 0, 1]


def test_a_sample_has_one_place_for_all_its_values() -> None:
    states = np.stack([np.zeros((2, 3)), np.ones((2, 3))])

    assert Moment(0, 1, np.array([0.0, 0.5])).between(states).tolist() == [[0.0] * 3, [0.5] * 3]


def test_what_leaves_its_scale_stops_at_its_end() -> None:
    assert Moment(0, 1, 1.0).between(STATES, 15.0).tolist() == [10.0, 15.0, 15.0]
