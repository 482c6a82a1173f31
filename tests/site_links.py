"""A built site, read as a browser would: where its links lead, and what it would fetch."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

__all__ = ["broken", "fetched", "read_pages"]

# Attributes that make a browser fetch something by itself; <a href> is followed by a reader only.
_FETCHING = {
    ("script", "src"),
    ("img", "src"),
    ("iframe", "src"),
    ("source", "src"),
    ("embed", "src"),
    ("object", "data"),
}
_FETCHED_LINKS = {
    "stylesheet",
    "icon",
    "shortcut icon",
    "preload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
    "manifest",
}


@dataclass
class Page(HTMLParser):
    """What a page holds: anchors, links to follow, and what is fetched."""

    anchors: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    fetches: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.anchors |= {given[name] for name in ("id", "name") if given.get(name)}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "link" and given.get("rel", "").lower() in _FETCHED_LINKS:
            self.fetches.append(given.get("href", ""))
        self.fetches += [value for name, value in given.items() if (tag, name) in _FETCHING]
        self.fetches += re.findall(r"url\(([^)]*)\)", given.get("style", ""))


def read_pages(site: Path) -> dict[Path, Page]:
    """Return what each page of a site holds."""
    pages = {}
    for path in sorted(site.rglob("*.html")):
        page = Page()
        page.feed(path.read_text(encoding="utf-8"))
        pages[path] = page
    return pages


def _outside(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.netloc) or parts.scheme not in ("", "data")


def broken(pages: dict[Path, Page]) -> list[str]:
    """Return the links within the site that lead to no file or to no anchor, as "page: link"."""
    faults = []
    for path, page in pages.items():
        for link in (*page.links, *page.fetches):
            if _outside(link) or link.startswith("data:"):
                continue
            parts = urlsplit(link)
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            anchor = unquote(parts.fragment)
            if not target.is_file() or (anchor and target in pages and anchor not in pages[target].anchors):
                faults.append(f"{path.name}: {link}")
    return faults


def fetched(site: Path, pages: dict[Path, Page]) -> list[str]:
    """Return what a browser would fetch from elsewhere, by pages and by style sheets."""
    found = [f"{path.name}: {address}" for path, page in pages.items() for address in page.fetches if _outside(address)]
    for path in sorted(site.rglob("*.css")):
        text = path.read_text(encoding="utf-8")
        addresses = re.findall(r"url\(\s*[\"']?([^\"')]+)", text) + re.findall(r"@import\s+[\"']([^\"']+)", text)
        found += [f"{path.name}: {address}" for address in addresses if _outside(address)]
    return found
