"""The nodes of a slide's timing, as PowerPoint writes them but for their ids."""

from typing import Literal

Start = Literal["click", "slide", "appear"]

TIMING = """<p:timing><p:tnLst><p:par>
<p:cTn dur="indefinite" restart="never" nodeType="tmRoot"><p:childTnLst/></p:cTn>
</p:par></p:tnLst></p:timing>"""

MAIN_SEQUENCE = """<p:seq concurrent="1" nextAc="seek">
<p:cTn dur="indefinite" nodeType="mainSeq"><p:childTnLst/></p:cTn>
<p:prevCondLst><p:cond evt="onPrev" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond>
</p:prevCondLst>
<p:nextCondLst><p:cond evt="onNext" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond>
</p:nextCondLst></p:seq>"""

_GROUP = """<p:par><p:cTn fill="hold"><p:stCondLst>{starts}</p:stCondLst><p:childTnLst>
<p:par><p:cTn fill="hold"><p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst>{effects}
</p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn></p:par>"""
_ON_CLICK = '<p:cond delay="indefinite"/>'
_WITH_SLIDE = '<p:cond evt="onBegin" delay="0"><p:tn val="{sequence}"/></p:cond>'

_EFFECT = """<p:par><p:cTn presetID="{preset}" presetClass="{kind}" presetSubtype="0" fill="hold"
 nodeType="{node}"><p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst>{behavior}
</p:childTnLst></p:cTn></p:par>"""
_COMMAND = """<p:cmd type="call" cmd="{command}"><p:cBhvr><p:cTn dur="{duration}" fill="hold"/>
<p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl></p:cBhvr></p:cmd>"""
_APPEAR = """<p:set><p:cBhvr>
<p:cTn dur="1" fill="hold"><p:stCondLst><p:cond delay="0"/></p:stCondLst></p:cTn>
<p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl>
<p:attrNameLst><p:attrName>style.visibility</p:attrName></p:attrNameLst></p:cBhvr>
<p:to><p:strVal val="visible"/></p:to></p:set>"""

_MEDIA = """<p:video><p:cMediaNode vol="80000"><p:cTn fill="hold" display="0">
<p:stCondLst><p:cond delay="indefinite"/></p:stCondLst></p:cTn>
<p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl></p:cMediaNode></p:video>"""
_ON_SHAPE = """<p:cond evt="onClick" delay="0">
<p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl></p:cond>"""
_PAUSE = """<p:seq concurrent="1" nextAc="seek"><p:cTn restart="whenNotActive" fill="hold"
 evtFilter="cancelBubble" nodeType="interactiveSeq"><p:stCondLst>{clicked}</p:stCondLst>
<p:endSync evt="end" delay="0"><p:rtn val="all"/></p:endSync><p:childTnLst>{group}</p:childTnLst>
</p:cTn><p:nextCondLst>{clicked}</p:nextCondLst></p:seq>"""


def media(shape: int) -> str:
    """What gives the clip in a shape its controls."""
    return _MEDIA.format(shape=shape)


def playing(shape: int, duration: int, start: Start, sequence: str) -> str:
    """The step of the main sequence, whose id is given, that plays the clip in a shape."""
    command = _COMMAND.format(command="playFrom(0.0)", duration=duration, shape=shape)
    node = {"click": "clickEffect", "slide": "afterEffect", "appear": "withEffect"}[start]
    effects = _EFFECT.format(preset=1, kind="mediacall", node=node, behavior=command)
    if start == "appear":
        seen = _APPEAR.format(shape=shape)
        effects = _EFFECT.format(preset=1, kind="entr", node="clickEffect", behavior=seen) + effects
    starts = _ON_CLICK + (_WITH_SLIDE.format(sequence=sequence) if start == "slide" else "")
    return _GROUP.format(starts=starts, effects=effects)


def pausing(shape: int) -> str:
    """A click on the shape pauses its clip, or goes on with it."""
    command = _COMMAND.format(command="togglePause", duration=1, shape=shape)
    effect = _EFFECT.format(preset=2, kind="mediacall", node="clickEffect", behavior=command)
    group = _GROUP.format(starts='<p:cond delay="0"/>', effects=effect)
    return _PAUSE.format(clicked=_ON_SHAPE.format(shape=shape), group=group)
