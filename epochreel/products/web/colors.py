"""The colours of films as properties of pages, one for each role: `var(--prediction)`."""

from scenes.drawing.theme import THEMES


def colors_of(theme: str) -> str:
    """What stands in a rule of a style sheet for a page to have the colours of a theme."""
    roles = {role: color for role, color in vars(THEMES[theme]).items() if isinstance(color, str)}
    said = "".join(f"--{role}:{color};" for role, color in roles.items() if role != "name")
    return f"color-scheme:{'dark' if theme == 'night' else 'light'};{said}"


def colors_of_all(chosen: str) -> str:
    """Rules for all themes, by the root's `data-theme`; `chosen` is what it has without."""
    rules = [f'[data-theme="{theme}"]{{{colors_of(theme)}}}' for theme in THEMES]
    on_paper = f"@media print{{:root,:root[data-theme]{{{colors_of('paper')}}}}}"
    return "\n".join([f":root{{{colors_of(chosen)}}}", *rules, on_paper])
