"""Scenes of a lecturer's own, and of installed packages, in a film."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from epochreel.cli import main
from epochreel.errors import BadCaption, BadScenes, NoSuchScene, NothingToShow
from epochreel.record.file import save_record
from epochreel.work.events import Event
from scenes.stage import catalogue
from scenes.stage.catalogue import film_scenes, installed, scenes_in
from tests.products.conftest import MakeFilm, drawn, warnings
from tests.records import a_record
from tests.scenes.conftest import show_of

pytestmark = [pytest.mark.manim, pytest.mark.render]
SCENE = '''
from manim import FadeIn
from sizes_of_my_scenes import SIZE
from scenes.drawing.layout import CONTENT
from scenes.drawing.text import Label
from scenes.stage.scene import Beat, LectureScene


class LastLoss(LectureScene):
    """The last loss."""

    title = "My chapter"
    reads = ("losses",)

    @classmethod
    def needs(cls, view):
        return None if len(view.losses) > 1 else "there is one epoch"

    def beats(self):
        yield Beat("loss", self.say("It is {loss}.", loss=self.view.losses[-1]), self.tell)

    def tell(self):
        label = Label("loss", SIZE, self.theme.loss).put_in(CONTENT)
        self.play(FadeIn(label), run_time=1)
        self.hold(1)
'''


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with a scene, and a module beside it that it imports."""
    folder = tmp_path / "lecture"
    folder.mkdir()
    (folder / "sizes_of_my_scenes.py").write_text("SIZE = 60\n")
    path = folder / "scenes_of_my_own.py"
    path.write_text(SCENE)
    return path


def test_a_scene_of_ones_own_is_a_chapter_before_the_references(
    file: Path, film: MakeFilm, heard: list[Event]
) -> None:
    own = scenes_in(file)
    show = show_of(a_record(), "en")
    names = [scene.name for scene in film_scenes(show, own)]
    assert names[-3:] == ["fit", "last_loss", "references"]

    path = film(show, "last_loss", own=own)

    assert drawn(heard) == {"last_loss/loss"}
    subtitles = path.with_suffix(".srt").read_text(encoding="utf-8")
    assert f"It is {a_record().losses[-1]}." in " ".join(subtitles.split())
    placed = show_of(a_record(), "en", "paper", "film.scenes=['last_loss', 'fit']")
    assert [scene.name for scene in film_scenes(placed, own)] == ["last_loss", "fit"]


def test_it_is_drawn_again_when_its_file_or_one_beside_it_changes(
    file: Path, film: MakeFilm, heard: list[Event]
) -> None:
    show = show_of(a_record(), "en")

    def again() -> set[str]:
        film(show, "title last_loss", own=scenes_in(file))
        return drawn(heard)

    assert again() == {"title/title", "last_loss/loss"}
    assert again() == set()
    file.with_name("sizes_of_my_scenes.py").write_text("SIZE = 80\n")
    assert again() == {"last_loss/loss"}
    file.write_text(SCENE + "\n\nclass Other(LastLoss):\n    pass\n")
    assert again() == {"last_loss/loss"}


def test_it_says_itself_why_it_has_nothing_to_show(
    file: Path, film: MakeFilm, heard: list[Event]
) -> None:
    show = show_of(a_record(epochs=(0,)), "en", "paper", "film.scenes=['title', 'last_loss']")

    film(show, "", own=scenes_in(file))

    assert drawn(heard) == {"title/title"}
    assert warnings(heard) == ["left out, there is one epoch"]
    with pytest.raises(NothingToShow, match=r"'last_loss' has nothing to show here: there is one"):
        film(show, "last_loss", own=scenes_in(file))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("def", r"cannot be read as Python, line 1"),
        ("x = 1\n", r"holds no scene: no class in it is a LectureScene"),
    ],
)
def test_a_file_without_scenes_is_refused(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "nothing_in_it.py"
    path.write_text(text)

    with pytest.raises(BadScenes, match=message):
        scenes_in(path)


def test_a_file_that_cannot_be_imported_is_refused(tmp_path: Path) -> None:
    for name, why in (
        ("random.py", "another module 'random'; rename it"),
        ("scenes.py", "another module 'scenes'; rename it"),
        ("my scenes.py", "'my scenes' is no name in Python; rename it"),
    ):
        path = tmp_path / name
        path.write_text(SCENE)
        with pytest.raises(BadScenes, match=why):
            scenes_in(path)
    with pytest.raises(BadScenes, match=r"cannot be read: No such file"):
        scenes_in(tmp_path / "missing.py")


def test_a_mistake_in_it_is_one_message_with_its_line(file: Path, film: MakeFilm) -> None:
    file.write_text(SCENE.replace("import SIZE", "import SIZE\n1 / 0"))

    with pytest.raises(BadScenes, match=r"ZeroDivisionError.*\(scenes_of_my_own.py, line 4\)"):
        film(show_of(a_record(), "en"), "last_loss", own=scenes_in(file))


MISTAKES = {
    "raises": ("label = ", "1 / 0\n        label = ", r"ZeroDivisionError: .*own.py, line 2\d\)"),
    "ends": (
        "SIZE\n",
        "SIZE\nimport sys\nsys.exit(3)\n",
        r"cannot be drawn: SystemExit: 3",
    ),
    "a path": ('Beat("loss"', 'Beat("../loss"', r"LastLoss: a beat is called '../loss'. Names are"),
    "no sentence": (
        'self.say("It is {loss}.", loss=self.view.losses[-1])',
        '"Hi"',
        r"self.say\('Hi'",
    ),
    "no value": ("loss=self", "los=self", r"'It is {loss}.' has {loss}, and no value"),
    "unknown": (
        '("losses",)',
        '("losses", "loses")',
        r"`reads` list 'loses'. They may list: .*losses",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_every_mistake_in_it_is_one_message(mistake: str, file: Path, film: MakeFilm) -> None:
    old, new, message = MISTAKES[mistake]
    assert old in SCENE
    file.write_text(SCENE.replace(old, new))

    with pytest.raises((BadScenes, BadCaption), match=message):
        film(show_of(a_record(), "en"), "last_loss", own=scenes_in(file))


def test_two_beats_of_one_name_are_refused(file: Path, film: MakeFilm) -> None:
    beat = next(line for line in SCENE.splitlines() if "yield" in line)
    file.write_text(SCENE.replace(beat, f"{beat}\n{beat}"))

    with pytest.raises(BadScenes, match=r"a beat is called 'loss'. .* each is used once"):
        film(show_of(a_record(), "en"), "last_loss", own=scenes_in(file))


def test_a_name_of_manims_is_refused(file: Path, film: MakeFilm) -> None:
    file.write_text(SCENE.replace("self.tell", "self.wait").replace("def tell", "def wait"))

    with pytest.raises(BadScenes, match=r"LastLoss.wait: a scene has something of that name"):
        film(show_of(a_record(), "en"), "last_loss", own=scenes_in(file))


def test_what_it_reads_has_to_be_said(file: Path, film: MakeFilm) -> None:
    file.write_text(SCENE.replace('reads = ("losses",)', 'reads = ("epochs",)'))

    with pytest.raises(BadScenes, match=r"view.losses, which its `reads` do not list. They may"):
        film(show_of(a_record(), "en"), "last_loss", own=scenes_in(file))


def test_an_installed_package_brings_scenes_by_name(
    file: Path, tmp_path: Path, film: MakeFilm, heard: list[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    package = site / "lastloss"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "drawn.py").write_text(SCENE.replace("sizes_of_my_scenes", "lastloss.sizes"))
    (package / "sizes.py").write_text("SIZE = 60\n")
    told = site / "lastloss-1.0.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: lastloss\nVersion: 1.0\n")
    (told / "entry_points.txt").write_text(
        f"[{catalogue.GROUP}]\nlast_loss = lastloss.drawn:LastLoss\n"
    )
    monkeypatch.syspath_prepend(str(site))
    installed.cache_clear()
    show = show_of(a_record(), "en", "paper", "film.scenes=['title', 'last_loss']")

    film(show, "")
    assert drawn(heard) == {"title/title", "last_loss/loss"}
    (package / "sizes.py").write_text("SIZE = 70\n")
    film(show, "")
    assert drawn(heard) == {"last_loss/loss"}

    monkeypatch.undo()
    installed.cache_clear()
    with pytest.raises(NoSuchScene, match=r"There is no scene 'last_loss', which film.sc"):
        film(show, "")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_the_list_says_which_scenes_a_record_fills(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    save_record(a_record(epochs=(0,)), Path("run.json"))

    listed = run("scenes", "--record", "run.json", "--scenes", str(file), "--language", "en")

    lines = dict(line.split(maxsplit=1) for line in listed.stdout.splitlines())
    assert lines["fit"] == "The fit"
    assert lines["last_loss"] == "-  there is one epoch"
    assert lines["references"] == "-  the lecture lists no references"
    assert not (tmp_path / "media").exists()


def test_a_scene_is_tried_with_every_kind_of_record(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file.write_text(SCENE.replace("self.view.losses[-1]", "self.view.losses[6]"))

    tried = run("scenes", "--scenes", str(file), "--try", "last_loss", "--to", "tried")

    assert tried.stdout.split() == ["tried/last_loss.paper.png", "tried/last_loss.night.png"]
    assert "one epoch: nothing to show: there is one epoch" in tried.stderr
    assert "diverged: fails: IndexError: index 6 is out of bounds" in tried.stderr
    assert all(Path(sheet).stat().st_size > 10_000 for sheet in tried.stdout.split())
