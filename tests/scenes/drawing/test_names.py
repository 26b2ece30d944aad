"""A weight's name says where it stands in its matrix."""

from scenes.drawing.names import parameter_name, weight_name


def test_names_count_from_one() -> None:
    assert (parameter_name(0, "kernel"), parameter_name(2, "bias")) == ("w1", "b3")
    assert weight_name(1, 2, 0) == "w2[3, 1]"
