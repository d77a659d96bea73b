"""How does a template become a page in one language? One Jinja environment a language, so nothing is shared by chance."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from plumbing.actors import signature
from plumbing.identity import new_id
from plumbing.static import addressed

if TYPE_CHECKING:
    from plumbing.languages import Speech

TEMPLATES = Path(__file__).parent / "templates"


def templates(folder: Path, speech: Speech, filters: dict[str, Callable[..., Any]]) -> Jinja2Templates:
    """Templates of a service's `web` folder, then ours; `_`, trans, word, say and the filters speak one language."""
    loader = FileSystemLoader([str(folder / "web"), str(TEMPLATES)])
    env = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, extensions=["jinja2.ext.i18n"])
    env.install_gettext_translations(speech.translations, newstyle=True)  # type: ignore[attr-defined]
    env.filters.update({**filters, "word": speech.word, "say": speech.say})
    env.globals.update(language=speech.language, static=addressed, new_act=new_id, signature=signature)
    return Jinja2Templates(env=env)

