"""Takes a page apart into stretches of text: all that it shows or has read aloud."""

from html.parser import HTMLParser

from service.formats.proof.matching import Stretch

_INLINE = frozenset({"bdi", "br", "small", "span", "strong", "sup"})
_TECHNICAL = frozenset(
    {
        *(
            "aria-labelledby",
            "charset",
            "class",
            "colspan",
            "dir",
            "href",
            "id",
            "lang",
            "rel",
            "role",
            "scope",
            "start",
        ),
        *("d", "stroke", "transform", "viewbox", "xml:lang", "xmlns"),
    }
)
"""Attributes that name, place or draw something. Every other attribute is a text."""
_VIEWPORT = {"name": "viewport", "content": "width=device-width, initial-scale=1"}


def html_stretches(html: str) -> list[Stretch]:
    """The text of each block of a page, of each attribute that is no technical one, and of each comment."""
    reader = _HtmlReader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return reader.stretches


class _HtmlReader(HTMLParser):
    """Collects text block by block, with the numbers that a browser gives to the lines of a list."""

    def __init__(self) -> None:
        super().__init__()
        self.stretches: list[Stretch] = []
        self._parts: list[str] = []
        self._number: int | None = None

    def end_block(self) -> None:
        self._add(*self._parts)
        self._parts = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self.end_block()
        if tag in ("ol", "ul"):
            self._number = int(dict(attrs).get("start") or 1) - 1 if tag == "ol" else None
        if tag == "li" and self._number is not None:
            self._number += 1
            self._parts.append(f"{self._number} ")
        if dict(attrs) != _VIEWPORT:
            for name, value in attrs:
                if name not in _TECHNICAL:
                    self._add(value or "")

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self.end_block()

    def handle_data(self, data: str) -> None:
        self._parts.append(data)

    def handle_comment(self, data: str) -> None:
        self._add(data)

    def _add(self, *parts: str) -> None:
        if "".join(parts).strip():
            self.stretches.append(Stretch(parts))
