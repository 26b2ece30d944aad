"""The one file of a talk: made when it must be, whole, and never over what somebody changed."""

from pathlib import Path

import pytest

from epochreel.errors import BadOutput
from epochreel.products.web import document
from epochreel.products.web.talk_page import ASSETS
from tests.web.talks import a_talk

pytestmark = [pytest.mark.manim, pytest.mark.render]


def test_a_second_run_leaves_it_and_a_changed_script_makes_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = a_talk(tmp_path)
    before, when = talk.read_bytes(), talk.stat().st_mtime_ns
    a_talk(tmp_path)
    assert talk.stat().st_mtime_ns == when

    assets = tmp_path / "assets"
    for name in ASSETS:
        (assets / name).parent.mkdir(parents=True, exist_ok=True)
        (assets / name).write_text(document.asset(name), encoding="utf-8")
    with (assets / "talk.js").open("a", encoding="utf-8") as script:
        script.write("// changed\n")
    monkeypatch.setattr(document, "ASSETS", assets)
    a_talk(tmp_path)
    assert talk.read_bytes() != before


def test_what_somebody_made_or_changed_is_left(tmp_path: Path) -> None:
    talk = a_talk(tmp_path)
    changed = talk.read_text(encoding="utf-8").replace("<h1", "<!-- mine --><h1")
    talk.write_text(changed, encoding="utf-8")
    with pytest.raises(BadOutput, match=r"talk\.html.* Give --to another name\.") as refused:
        a_talk(tmp_path)
    assert refused.value.field == "--to"
    assert talk.read_text(encoding="utf-8") == changed


def test_a_picture_that_two_clips_share_is_held_once_and_the_licence_is_there(
    tmp_path: Path,
) -> None:
    page = a_talk(tmp_path).read_text(encoding="utf-8")
    posters = {path.read_bytes() for path in (tmp_path / "media" / "clips").glob("*.png")}
    assert page.count('.png">') == len(posters) < 6
    assert document.asset("reveal/LICENSE") in page
