"""Lecture files: what they may say, and one clear message for everything else."""

import os
from pathlib import Path

import pytest

from epochreel.errors import (
    BadData,
    BadRule,
    BadSetting,
    LectureError,
    NoSuchLecture,
    NotToml,
    UnknownSetting,
    UnreadableLecture,
)
from epochreel.lecture.file import MAX_BYTES, load_lecture


def test_shipped_lecture_is_the_one_of_the_course() -> None:
    lecture = load_lecture("loss_function")

    assert lecture.data.rule == "2*x + 1"
    assert [layer.units for layer in lecture.model.layers] == [4, 3, 1]
    assert (lecture.training.optimizer, lecture.training.learning_rate) == ("adam", 0.1)
    assert lecture.training.epochs == 500
    assert lecture.film.shown_epochs == [0, 1, 2, 3, 4, 5, 500]


def test_every_setting_stands_in_the_shipped_file() -> None:
    from epochreel.lecture.file import shipped_lectures
    from epochreel.lecture.own_words import Names, Words
    from epochreel.lecture.settings import Dense, Film, Source, Training, Variant

    text = shipped_lectures()["loss_function"].read_text(encoding="utf-8")

    for table in (Source, Dense, Training, Variant, Film, Words, Names):
        for name in table.model_fields:
            assert name in text


def test_settings_override_the_file() -> None:
    lecture = load_lecture(
        "loss_function",
        ["training.learning_rate=0.05", "training.optimizer=sgd", "film.theme='night'"],
    )

    assert lecture.training.learning_rate == 0.05
    assert lecture.training.optimizer == "sgd"
    assert lecture.film.theme == "night"


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        (
            "training.learning_rte=1",
            "[training] has no setting 'learning_rte'. Did you mean 'learning_rate'?",
        ),
        (
            "training.learning_rate='a'",
            "[training] learning_rate: Input should be a valid number. Found 'a'.",
        ),
        ("training.epochs=1.5", "[training] epochs: Input should be a valid integer. Found 1.5."),
        ("training.optimizer=adom", "there is no optimizer 'adom'. Did you mean 'adam'?"),
        ("training.loss=mean_square_error", "Did you mean 'mean_squared_error'?"),
        ("training.optimizer_settings={rho=0.9}", "optimizer 'adam' has no setting 'rho'."),
        ("data.stop=-10", "holds no sample"),
        ("data.rule='swish(x)'", "unknown function 'swish'"),
        ("data.file='x.csv'", "not both"),
        ("model.layers=[]", "at least 1 item"),
        (
            "model.layers=[{units=1, activation='tan'}]",
            "there is no activation 'tan'. Did you mean 'tanh'?",
        ),
        (
            "model.layers=[{units=2, kernel=[[1.0]]}, {units=1}]",
            "2 columns (units); its rows have 1 values",
        ),
        ("model.layers=[{units=2}]", "the last layer has 2 units; a rule has one target"),
        ("model.layers=[{units=2, kernel=[[1,2],[3,4]]}, {units=1}]", "must be (1, 2)"),
        ("film.shown_epochs=[3, 1]", "must rise and not repeat"),
        ("film.theme=dark", "Input should be 'paper' or 'night'"),
        ("training.learning_rate=1e39", "1e+39 is beyond float32"),
        ("training.learning_rate=1e-60", "1e-60 is zero in float32"),
        ("training.optimizer_settings={beta_1=1e39}", "beta_1: must be true, false or a number"),
        ("training.optimizer_settings={beta_1='a'}", "that float32 holds. Found 'a'."),
        ("model.layers=[{units=1, kernel=[[-1e39]]}]", "kernel.1.1: -1e+39 is beyond float32"),
        ("model.layers=[{units=1, bias=[1e39]}]", "bias.1: 1e+39 is beyond float32"),
        ("data.stop=1e39", "stop: 1e+39 is beyond float32"),
        ("training.batch_size=9223372036854775808", "less than 9223372036854775808"),
        ("film.shown_epochs=[9223372036854775808]", "less than or equal to 100000"),
        ('words.links=["a", "b\\u0007"]', "links.2: holds the control character '\\x07'"),
        ("words.references=['" + "a" * 401 + "']", "has 401 characters; 400 is the limit"),
        ("words.zh.course='" + "a" * 401 + "'", "has 401 characters; 400 is the limit"),
        ('words.en.lesson="\\u0000"', "en.lesson: holds the control character '\\x00'"),
        ("training.learning_rate=1" + "0" * 5000, "it holds a number of too many digits"),
        ("training.epochs=" + "[" * 900 + "]" * 900, "its values are nested too deeply"),
        ("training.epochs=1\nseed=2", "holds more than one setting"),
        ("colour=1", "loss_function.toml has no setting 'colour'."),
        ("learning_rate", "is not KEY=VALUE"),
        ("training.epochs.x=1", "what stands before 'x' is not a table of settings"),
        ("training[0]=1", "what stands before [0] is not a list in the lecture's file"),
        ("model.layers[3].units=1", "no [3]; the list has 3 entries, from [0] on"),
        ("model.layers.units=1", "what stands before 'units' is not a table"),
        ("model.layers[0]units=1", "is not KEY=VALUE"),
        ("model.layers[-1].units=1", "is not KEY=VALUE"),
        ("model.layers[0].unit=1", "[model] layers.1 has no setting 'unit'. Did you mean 'units'"),
    ],
)
def test_what_is_wrong_is_said(setting: str, message: str) -> None:
    with pytest.raises(LectureError) as error:
        load_lecture("loss_function", [setting])

    assert message in str(error.value)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 300


@pytest.mark.parametrize(
    "setting",
    [
        "a" * 5000,
        "a" * 5000 + "=1",
        "film." + "a" * 5000 + "=1",
        "training.optimizer_settings={" + "a" * 5000 + "='x'}",
        "training.optimizer_settings={" + "a" * 5000 + "=1}",
        "film.theme=" + "a" * 5000,
        "training.loss=" + "a" * 5000,
        "training.epochs=1" + "0" * 4000,
        "data.rule=" + "x+" * 2000,
        "film.shown_epochs=[" + "9," * 5000 + "]",
        "model.layers=[{units=1, kernel=[[" + "'a'," * 5000 + "]]}]",
    ],
    ids=lambda setting: setting[:20],
)
def test_no_message_repeats_a_long_value(setting: str) -> None:
    with pytest.raises(LectureError) as error:
        load_lecture("loss_function", [setting])

    assert len(str(error.value)) < 2000
    assert max(map(len, str(error.value).splitlines())) < 300
    assert len(error.value.field or "") < 100


def test_settings_address_layers_and_whole_tables() -> None:
    settings = ["model.layers[1].units=8", "training={epochs=3}", "model.layers[0].bias=[1,2,3,4]"]
    lecture = load_lecture("loss_function", settings)
    first, second, third = lecture.model.layers
    assert second.units == 8
    # What no longer fits comes from the seed; what does, stays.
    assert (second.kernel, second.bias, third.kernel) == (None, None, None)
    assert first.kernel is not None
    assert first.bias == [1, 2, 3, 4]
    assert third.bias == [0]
    assert (lecture.training.epochs, lecture.training.learning_rate) == (3, 0.001)


@pytest.mark.parametrize(
    ("setting", "kind", "field", "value"),
    [
        ("training.learning_rate='a'", BadSetting, "training.learning_rate", "a"),
        ("training.learning_rte=1", UnknownSetting, "training.learning_rte", 1),
        ("model.layers=[{units=0}]", BadSetting, "model.layers[0].units", 0),
        ("film.decimals=9", BadSetting, "film.decimals", 9),
        ("data.rule=swish(x)", BadRule, "data.rule", "swish(x)"),
        ("data={file='gone.csv'}", BadData, "data.file", "gone.csv"),
        ("epochs", BadSetting, "--set", "epochs"),
    ],
)
def test_an_error_names_its_setting(
    setting: str, kind: type[LectureError], field: str, value: object
) -> None:
    with pytest.raises(LectureError) as error:
        load_lecture("loss_function", [setting])

    assert (type(error.value), error.value.field, error.value.value) == (kind, field, value)


def test_names_are_kept_in_one_line() -> None:
    settings = ['words.en.lesson=" Loss\\n  function\\t"', 'words.links=["a\u2028b"]']

    words = load_lecture("loss_function", settings).words

    assert (words.en.lesson, words.links) == ("Loss function", ["a b"])


def test_files_that_are_no_lecture(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("[data\n")
    (tmp_path / "latin.toml").write_bytes(b"# \xe9\n")
    (tmp_path / "deep.toml").write_text("a = " + "[" * 900 + "]" * 900)
    (tmp_path / "digits.toml").write_text("a = " + "9" * 5000)
    (tmp_path / "twice.toml").write_text(f"[{'a' * 5000}]\n" * 2)
    (tmp_path / "bell\a.toml").write_text("")
    with (tmp_path / "large.toml").open("wb") as large:
        large.truncate(MAX_BYTES + 1)

    for name, kind, message in [
        ("missing.toml", NoSuchLecture, "There is no lecture"),
        ("", UnreadableLecture, "is a folder"),
        ("broken.toml", NotToml, "is not TOML"),
        ("latin.toml", NotToml, "is not TOML"),
        ("deep.toml", NotToml, "is not TOML: its values are nested too deeply"),
        ("digits.toml", NotToml, "is not TOML: it holds a number of too many digits"),
        ("twice.toml", NotToml, "is not TOML: Cannot declare"),
        ("bell\a.toml", UnreadableLecture, "cannot be printed"),
        ("large.toml", UnreadableLecture, "has 1,000,001 bytes; 1,000,000 is the limit"),
        ("a" * 300 + ".toml", UnreadableLecture, "cannot be read"),
    ]:
        with pytest.raises(kind, match=message) as error:
            load_lecture(str(tmp_path / name))
        assert len(str(error.value)) < 600


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have no name on this system")
def test_a_pipe_is_no_lecture(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")

    with pytest.raises(UnreadableLecture, match="a pipe or a device"):
        load_lecture(str(tmp_path / "pipe.toml"))
