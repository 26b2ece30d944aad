"""The languages that a film can have."""

from typing import Literal

Language = Literal["zh", "en"]

# By what their speakers call them, as menus of captions do.
LANGUAGES: dict[str, str] = {"zh": "中文", "en": "English"}
