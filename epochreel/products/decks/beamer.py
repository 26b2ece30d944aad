"""Frames for Beamer, one for each beat, and a document that holds them all.

A frame shows the last picture of its clip: most viewers of PDF play nothing, handouts are printed,
and the end of a beat tells what happened in it where its start tells what was known before.
"""

from collections.abc import Mapping

from epochreel.products.clip_folder import Kind, Placed
from epochreel.products.decks.tex import escaped, prints_with_pdflatex
from epochreel.products.footage import Footage
from epochreel.products.plan import Film
from scenes.drawing.theme import THEMES

DOCUMENT, FRAME = "slides.tex", ".tex"

# What a talk of somebody's own may have said before the first frame stays.
FRAME_TEXT = r"""%% %(name)s
\providecommand\filmfolder{.}
\providecommand\filmclip[2]{\href{run:#2}{\includegraphics[
  width=\textwidth,height=0.85\textheight,keepaspectratio]{#1}}}
\begin{frame}{%(title)s}
  \centering
  \filmclip{\filmfolder/%(picture)s}{\filmfolder/%(video)s}
  \note{%(caption)s}
\end{frame}
"""
DOCUMENT_TEXT = r"""%% !TeX program = %(engine)s
%% Compile with %(engine)s, present with pdfpc: a click on the picture plays the clip in its place.
%% Okular opens the clip in a player. Keep the PDF file in this folder, beside the clips.
%%
%% In a talk of your own, say where the clips lie and take the frames that you want:
%%   \newcommand\filmfolder{path/to/this/folder}
%%   \input{\filmfolder/%(first)s}
%% To have clips start with their slides, which pdfpc alone can do:
%%   \newcommand\filmclip[2]{\href{run:#2?autostart}{\includegraphics[width=\textwidth]{#1}}}
%% To have Okular play them in their place, which XeTeX cannot write:
%%   \usepackage{multimedia}
%%   \newcommand\filmclip[2]{\movie{\includegraphics[width=\textwidth]{#1}}{#2}}
\documentclass[aspectratio=169]{beamer}
%(packages)s\definecolor{page}{HTML}{%(page)s}
\definecolor{ink}{HTML}{%(ink)s}
\setbeamercolor{normal text}{fg=ink,bg=page}
\setbeamercolor{frametitle}{fg=ink}
\setbeamertemplate{navigation symbols}{}
%% The notes on a second page beside each slide: pdfpc --notes=right
%% \usepackage{pgfpages}
%% \setbeameroption{show notes on second screen=right}
\title{%(lesson)s}
\date{}

\begin{document}
%(frames)s
\end{document}
"""


def _write(film: Film, footage: Mapping[Placed, Footage]) -> dict[str, str]:
    frames = {placed.name + FRAME: _frame(placed, clip) for placed, clip in footage.items()}
    lesson = escaped(film.show.fields["lesson"])
    plain = prints_with_pdflatex("".join([lesson, *frames.values()]))
    theme = THEMES[film.show.theme]
    document = DOCUMENT_TEXT % {
        "page": theme.page.removeprefix("#"),
        "ink": theme.ink.removeprefix("#"),
        "engine": "pdflatex" if plain else "xelatex",
        "packages": "" if plain else "\\usepackage{ctex}\n",
        "first": next(iter(frames)),
        "lesson": lesson,
        "frames": "\n".join(f"\\input{{{name}}}" for name in frames),
    }
    return {DOCUMENT: document, **frames}


def _frame(placed: Placed, clip: Footage) -> str:
    return FRAME_TEXT % {
        "name": clip.name,
        "title": escaped(clip.title),
        "picture": placed.last,
        "video": placed.file,
        "caption": escaped(clip.caption),
    }


BEAMER = Kind(
    (DOCUMENT,),
    _write,
    ("epochreel.products.decks.beamer",),
    beside=(FRAME,),
    editable=True,
)
