"""The page at an address that there is not: both languages, with links to the pages that there are."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from ..locales import LANGUAGES
from .pages.registry import PAGES

__all__ = ["not_found_html"]

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {"title": "There is no such page", "what": "This address leads nowhere. These pages exist:"},
    "fr": {"title": "Cette page n'existe pas", "what": "Cette adresse ne mène nulle part. Les pages sont\u202f:"},
}
_STYLE = (
    "body{font:16px/1.5 'DejaVu Sans',Verdana,sans-serif;max-width:44em;margin:2em auto;padding:0 1em;"
    "color:#1d2630;background:#fefefe}a{color:#0067a5}h1{font-size:1.4em}"
    "@media(prefers-color-scheme:dark){body{color:#e8ecf0;background:#15191e}a{color:#7cc0ee}}"
)


def not_found_html(language: str) -> str:
    """Return the page, the language given first."""
    parts = []
    for code in sorted(LANGUAGES, key=lambda each: each != language):
        words = _WORDS[code]
        links = "".join(
            f'<li><a href="/{escape(entry.path)}?lang={code}">{escape(entry.title[code])}</a></li>' for entry in PAGES
        )
        parts.append(
            f'<section lang="{code}"><h1>{escape(words["title"])}</h1><p>{escape(words["what"])}</p>'
            f"<ul>{links}</ul></section>"
        )
    title = escape(_WORDS[language]["title"])
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>Entraide – {title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head><body><main>{''.join(parts)}</main></body></html>"
    )
