"""SmartArt: four parts that a slide refers to, and a drawing that only the data names."""

from typing import Any

from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Inches

from epochreel.products.pptx.xml import new

BOX = (Inches(1), Inches(2), Inches(4), Inches(3))
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWN = "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing"
DGM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
DSP = "http://schemas.microsoft.com/office/drawing/2008/diagram"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"

_DATA = f"""<dgm:dataModel xmlns:dgm="{DGM}"><dgm:ptLst/><dgm:extLst>
<a:ext xmlns:a="{A}" uri="{DSP}"><dsp:dataModelExt xmlns:dsp="{DSP}" relId="DRAWN"
 minVer="{DGM}"/></a:ext></dgm:extLst></dgm:dataModel>"""
_LAYOUT = f'<dgm:layoutDef xmlns:dgm="{DGM}"><dgm:layoutNode/></dgm:layoutDef>'
_STYLE = f'<dgm:styleDef xmlns:dgm="{DGM}"><dgm:styleLbl name="node0"/></dgm:styleDef>'
_COLORS = f'<dgm:colorsDef xmlns:dgm="{DGM}"/>'
_DRAWING = f"""<dsp:drawing xmlns:dsp="{DSP}"><dsp:spTree><dsp:nvGrpSpPr>
<dsp:cNvPr id="0" name=""/><dsp:cNvGrpSpPr/></dsp:nvGrpSpPr><dsp:grpSpPr/></dsp:spTree>
</dsp:drawing>"""
_FRAME = """<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="80" name="Diagram"/>
<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="{}" y="{}"/>
<a:ext cx="{}" cy="{}"/></p:xfrm><a:graphic><a:graphicData uri="{uri}">
<dgm:relIds xmlns:dgm="{uri}" {ids}/></a:graphicData></a:graphic></p:graphicFrame>"""


def add_diagram(slide: Any) -> None:
    """Put a diagram named Diagram on a slide."""
    office, package = "application/vnd.openxmlformats-officedocument.drawingml", slide.part.package

    def relate(name: str, content_type: str, text: str, kind: str) -> str:
        uri = PackURI(f"/ppt/diagrams/{name}1.xml")
        return str(slide.part.relate_to(Part(uri, content_type, package, text.encode()), kind))

    drawn = relate(
        "drawing", "application/vnd.ms-office.drawingml.diagramDrawing+xml", _DRAWING, DRAWN
    )
    ids = " ".join(
        f'r:{short}="'
        + relate(kind.lower(), f"{office}.diagram{kind}+xml", text, f"{OFFICE}/diagram{related}")
        + '"'
        for short, kind, related, text in (
            ("dm", "Data", "Data", _DATA.replace("DRAWN", drawn)),
            ("lo", "Layout", "Layout", _LAYOUT),
            ("qs", "Style", "QuickStyle", _STYLE),
            ("cs", "Colors", "Colors", _COLORS),
        )
    )
    slide.shapes.element.append(new(_FRAME.format(*BOX, uri=DGM, ids=ids)))
