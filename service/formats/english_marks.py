"""English inside another language, for want of a translation: what its marks become in each output."""

import re

from service.domain.wording import ENGLISH_BEGINS, ENGLISH_ENDS, SOURCE_LANGUAGE

_MARK = re.compile(f"[{ENGLISH_BEGINS}{ENGLISH_ENDS}]")
_HTML = re.compile(r"(?s)<(title|option|textarea)\b.*?</\1\s*>|<[^>]*>|[^<]+")
"""A tag or an element that holds text alone; or a stretch of text, which may hold more tags."""


def without_marks(text: str) -> str:
    """The text alone, for what cannot say in which language it is."""
    return _MARK.sub("", text)


def once_marked(text: str, begin: str, end: str) -> str:
    """The text with ``begin`` and ``end`` around its English; marks inside marked text fall away."""
    depth = 0

    def turned(mark: re.Match[str]) -> str:
        nonlocal depth
        opens = mark[0] == ENGLISH_BEGINS
        depth += 1 if opens else -1
        if opens:
            return begin if depth == 1 else ""
        return end if depth == 0 else ""

    return _MARK.sub(turned, text)


def marked_html(html: str) -> str:
    """A page whose English says that it is English (``lang``), read from left to right by itself."""
    if ENGLISH_BEGINS not in html:
        return html
    begin = f'<span lang="{SOURCE_LANGUAGE}" dir="ltr">'
    plain = _HTML.sub(lambda part: without_marks(part[0]) if part[0][0] == "<" else part[0], html)
    return once_marked(plain, begin, "</span>")
