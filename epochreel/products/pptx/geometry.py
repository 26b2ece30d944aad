"""Where a shape stands on its slide, and how a clip fits there. Lengths are in EMU."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pptx.slide import Slide

from epochreel.products.pptx.xml import Element, child, first, new, qn

# What a master calls the placeholders that a layout's take after.
BASE = {"obj": "body", "media": "body", "pic": "body", "ctrTitle": "title", "subTitle": "body"}
WHOLE = 100_000  # a side of a picture, in the unit in which it is cropped


@dataclass(frozen=True)
class Box:
    """A rectangle, in the coordinates of what it stands in: the slide, or a group."""

    x: int
    y: int
    width: int
    height: int

    def contained(self, aspect: float) -> "Box":
        """The largest box of this aspect (width by height) in the middle of this one."""
        width = min(self.width, round(self.height * aspect))
        height = min(self.height, round(self.width / aspect))
        x = self.x + (self.width - width) // 2
        return Box(x, self.y + (self.height - height) // 2, width, height)


def slide_box(slide: Slide) -> Box:
    """The whole slide."""
    presentation = slide.part.package.presentation_part.presentation
    return Box(0, 0, presentation.slide_width, presentation.slide_height)


def own_xfrm(shape: Element) -> Element | None:
    """Where a shape itself says that it stands; None too where it says that it has no size."""
    sized = "a:off and a:ext[@cx > 0 and @cy > 0]"
    return first(shape, f"./p:spPr/a:xfrm[{sized}] | ./p:xfrm[{sized}]")


def box_of(slide: Slide, shape: Element) -> Box:
    """Where a shape stands: by its own word, its layout's or master's, else on the whole slide."""
    for each in (shape, *_models(slide, shape)):
        xfrm = own_xfrm(each)
        if xfrm is not None:
            off, ext = xfrm.find(qn("a:off")), xfrm.find(qn("a:ext"))
            return Box(*_two(off, "x", "y"), *_two(ext, "cx", "cy"))
    return slide_box(slide)


def _models(slide: Slide, shape: Element) -> Iterator[Element]:
    """The placeholders of the layout and of the master that a placeholder takes after.

    Not as python-pptx finds them, by number alone: LibreOffice gives all of a layout the same.
    """
    kind, number = _holds(shape)
    if kind is None:
        return
    layout = slide.slide_layout
    for holder, likeness in (
        (layout, lambda other: (other == (kind, number), other[1] == number, other[0] == kind)),
        (layout.slide_master, lambda other: (other[0] == BASE.get(kind, kind),)),
    ):
        there = [each.element for each in [*holder.placeholders]]
        best = max(there, key=lambda each: likeness(_holds(each)), default=None)
        if best is not None and any(likeness(_holds(best))):
            yield best


def _holds(shape: Element) -> tuple[str | None, str]:
    """The kind and the number of a placeholder; no kind for what is none."""
    placeholder = first(shape, "./*/p:nvPr/p:ph")
    if placeholder is None:
        return None, ""
    return placeholder.get("type", "obj"), placeholder.get("idx", "0")


def contain(picture: Element, box: Box, aspect: float) -> None:
    """Put a picture of this aspect whole into the middle of a box, as it is cropped."""
    across, down = cropped(picture)
    place(picture, box.contained(aspect * across / down))


def place(picture: Element, box: Box) -> None:
    """Put a picture there; how it is turned and flipped stays."""
    xfrm = child(picture.find(qn("p:spPr")), "a:xfrm", ("a:custGeom", "a:prstGeom"))
    for name, values in (
        ("a:off", {"x": box.x, "y": box.y}),
        ("a:ext", {"cx": box.width, "cy": box.height}),
    ):
        for key, value in values.items():
            child(xfrm, name).set(key, str(value))


def stretch(shape: Element) -> float:
    """How much wider than high the groups around a shape draw what is a square in it."""
    factor = 1.0
    for group in shape.iterancestors(qn("p:grpSp")):
        xfrm = first(group, "./p:grpSpPr/a:xfrm[a:ext and a:chExt]")
        if xfrm is not None:
            width, height = _two(xfrm.find(qn("a:ext")), "cx", "cy")
            inner_width, inner_height = _two(xfrm.find(qn("a:chExt")), "cx", "cy")
            if width and height and inner_width and inner_height:
                factor *= (width / inner_width) / (height / inner_height)
    return factor


def cropped(picture: Element) -> tuple[float, float]:
    """The shares of width and height that a picture's crop leaves."""
    crop = first(picture, "./p:blipFill/a:srcRect")
    if crop is None:
        return 1.0, 1.0
    left, top, right, bottom = (int(crop.get(side, 0)) / WHOLE for side in "ltrb")
    return max(1 - left - right, 1 / WHOLE), max(1 - top - bottom, 1 / WHOLE)


def uncrop(picture: Element) -> None:
    """Show all of a picture."""
    for crop in picture.findall(f"{qn('p:blipFill')}/{qn('a:srcRect')}"):
        crop.getparent().remove(crop)


def cover(picture: Element, box: Box, aspect: float) -> None:
    """Crop a picture of this aspect evenly so that it fills the box."""
    uncrop(picture)
    share = box.width / box.height / aspect
    across, sides = (1 / share, "tb") if share > 1 else (share, "lr")
    cut = round(WHOLE * (1 - across) / 2)
    if cut:
        sizes = " ".join(f'{side}="{cut}"' for side in sides)
        picture.find(qn("p:blipFill")).find(qn("a:blip")).addnext(new(f"<a:srcRect {sizes}/>"))


def _two(element: Any, *names: str) -> tuple[int, ...]:
    return tuple(int(element.get(name)) for name in names)
