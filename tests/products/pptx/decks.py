"""A deck such as lecturers have: everything in it that a careless writer would break."""

import io
from pathlib import Path
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml

from epochreel.products.pptx.sections import write_sections
from epochreel.products.pptx.slides import CREATED
from epochreel.products.pptx.xml import extension, new, qn
from tests.products.pptx.conftest import png
from tests.products.pptx.diagram import BOX, add_diagram
from tests.products.pptx.package_check import xpath

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
AUDIO = b"a sound"
SHARED_VIDEO = b"a video on two slides"

APPEARS = """<p:par><p:cTn id="{id}" fill="hold"><p:stCondLst><p:cond delay="indefinite"/>
</p:stCondLst><p:childTnLst><p:par><p:cTn id="{id}1" fill="hold"><p:stCondLst><p:cond delay="0"/>
</p:stCondLst><p:childTnLst><p:par><p:cTn id="{id}2" presetID="1" presetClass="entr"
 presetSubtype="0" fill="hold" grpId="0" nodeType="clickEffect"><p:stCondLst><p:cond delay="0"/>
</p:stCondLst><p:childTnLst><p:set><p:cBhvr><p:cTn id="{id}3" dur="1" fill="hold"><p:stCondLst>
<p:cond delay="0"/></p:stCondLst></p:cTn><p:tgtEl><p:spTgt spid="{shape}">{part}</p:spTgt></p:tgtEl>
<p:attrNameLst><p:attrName>style.visibility</p:attrName></p:attrNameLst></p:cBhvr><p:to>
<p:strVal val="visible"/></p:to></p:set></p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn>
</p:par></p:childTnLst></p:cTn></p:par>"""
TIMING = """<p:timing><p:tnLst><p:par>
<p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot"><p:childTnLst>
<p:seq concurrent="1" nextAc="seek"><p:cTn id="2" dur="indefinite" nodeType="mainSeq">
<p:childTnLst>{steps}</p:childTnLst></p:cTn>
<p:prevCondLst><p:cond evt="onPrev" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond>
</p:prevCondLst>
<p:nextCondLst><p:cond evt="onNext" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond>
</p:nextCondLst>
</p:seq></p:childTnLst></p:cTn></p:par></p:tnLst>{builds}</p:timing>"""
PARAGRAPH = '<p:txEl><p:pRg st="{0}" end="{0}"/></p:txEl>'


def timing(*shapes: tuple[int, str], builds: str = "") -> str:
    """Shapes that appear click by click: of each the id, and what part of it appears."""
    steps = [
        APPEARS.format(id=step, shape=shape, part=part)
        for step, (shape, part) in enumerate(shapes, start=3)
    ]
    listed = f"<p:bldLst>{builds}</p:bldLst>" if builds else ""
    return TIMING.format(steps="".join(steps), builds=listed)


def mark(shape: Any, text: str) -> Any:
    """Give a shape a mark as its alt text."""
    xpath(shape._element, ".//p:cNvPr")[0].set("descr", text)
    return shape


def lecturers_deck(path: Path) -> None:
    """Seven slides; 1 to 3, 5 and 6 have marks."""
    deck = Presentation()
    slides = [deck.slides.add_slide(deck.slide_layouts[layout]) for layout in (5, 5, 6, 6, 1, 5, 6)]
    _animated(slides[0])
    _grouped_with_sound(slides[1])
    for slide in slides[2:4]:
        slide.shapes.add_movie(
            io.BytesIO(SHARED_VIDEO), *BOX, io.BytesIO(png("green")), "video/mp4"
        )
    mark(slides[2].shapes[0], "epochreel:fit")
    slides[4].shapes.title.text = "A diagram"
    add_diagram(slides[4])
    slides[4].placeholders[1].text = "Epochreel:fit/training?fit=cover"
    slides[5].shapes.title.text = "Each epoch"
    slides[5].shapes.add_textbox(*BOX).text_frame.text = "epochreel:*"
    _chart(slides[5])
    slides[5].shapes.add_picture(io.BytesIO(png("yellow")), *BOX)
    own = extension(slides[5].element.find(qn("p:cSld")), CREATED)
    own.append(new('<p14:creationId val="1"/>'))
    link = slides[6].shapes.add_textbox(*BOX)
    link.click_action.target_slide = slides[5]
    _sounds(slides[1])
    _show_and_outline(deck, slides[5])
    numbers = [slide.slide_id for slide in slides]
    write_sections(deck, [("Before", numbers[:5]), ("Epochs", numbers[5:6]), ("End", numbers[6:])])
    own = Part(PackURI("/customXml/item1.xml"), "application/xml", deck.part.package, b"<own/>")
    deck.part.relate_to(own, f"{OFFICE}/customXml")
    deck.save(str(path))


def _animated(slide: Any) -> None:
    """A mark in a text box, a chart, a table, and timing inside a choice with a transition."""
    slide.shapes.title.text = "The fit"
    text = slide.shapes.add_textbox(*BOX)
    text.text_frame.text = "  Epochreel:epochs/epoch-1 "
    text.rotation = 10
    chart = _chart(slide)
    slide.shapes.add_table(2, 2, *BOX)
    builds = (
        f'<p:bldP spid="{text.shape_id}" grpId="0" build="p"/>'
        f'<p:bldGraphic spid="{chart.shape_id}" grpId="0"><p:bldAsOne/></p:bldGraphic>'
    )
    steps = (text.shape_id, PARAGRAPH.format(0)), (chart.shape_id, "")
    both = f'<p:transition spd="slow"><p:fade/></p:transition>{timing(*steps, builds=builds)}'
    slide.element.append(
        new(
            f'<mc:AlternateContent><mc:Choice Requires="p14">{both}</mc:Choice>'
            f"<mc:Fallback>{both}</mc:Fallback></mc:AlternateContent>"
        )
    )


def _chart(slide: Any) -> Any:
    data = CategoryChartData()
    data.categories = ["1", "2"]
    data.add_series("Loss", (2.0, 1.0))
    return slide.shapes.add_chart(XL_CHART_TYPE.LINE, *BOX, data)


def _grouped_with_sound(slide: Any) -> None:
    """A mark in a group that is drawn at twice its width."""
    slide.shapes.title.text = "In a group"
    group = slide.shapes.add_group_shape()
    mark(group.shapes.add_shape(1, *BOX), "epochreel:epochs/epoch-2?still")
    group.shapes.add_shape(1, *BOX)
    group.width = group.width * 2
    slide.notes_slide.notes_text_frame.text = "Mind the gap."


def _show_and_outline(deck: Any, slide: Any) -> None:
    """A custom show and the outline's view, which lead to a slide each in its way."""
    key = deck.part.relate_to(slide.part, RELATIONSHIP_TYPE.SLIDE)
    shows = (
        f'<p:custShow name="Short" id="0"><p:sldLst><p:sld r:id="{key}"/></p:sldLst></p:custShow>'
    )
    styles = xpath(deck.part._element, "./p:defaultTextStyle")[0]
    styles.addprevious(new(f"<p:custShowLst>{shows}</p:custShowLst>"))
    view = deck.part.part_related_by(RELATIONSHIP_TYPE.VIEW_PROPS)
    key = view.relate_to(slide.part, RELATIONSHIP_TYPE.SLIDE)
    root = parse_xml(view.blob)
    for old in xpath(root, "./p:outlineViewPr"):
        root.remove(old)
    listed = f'<p:sldLst><p:sld r:id="{key}" collapse="1"/></p:sldLst>'
    scale = '<a:sx n="33" d="100"/><a:sy n="33" d="100"/>'
    common = f'<p:cViewPr><p:scale>{scale}</p:scale><p:origin x="0" y="0"/></p:cViewPr>'
    after = xpath(root, "./p:normalViewPr | ./p:slideViewPr")[-1]
    after.addnext(new(f"<p:outlineViewPr>{common}{listed}</p:outlineViewPr>"))
    view.blob = etree.tostring(root)


def _sounds(slide: Any) -> None:
    package = slide.part.package
    sound = Part(PackURI("/ppt/media/media9.mp3"), "audio/mpeg", package, AUDIO)
    key = slide.part.relate_to(sound, f"{OFFICE}/audio")
    picture = slide.shapes.add_picture(io.BytesIO(png("gray")), *BOX)._element
    picture.nvPicPr.nvPr.append(new(f'<a:audioFile r:link="{key}"/>'))
