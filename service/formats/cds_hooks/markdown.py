"""Text that stands in a card's Markdown as it is, whatever signs are in it.

Source: GitHub Flavored Markdown 0.29: backslash escapes (6.1), entities (6.2), autolinks (6.9).
"""

import re

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_INLINE = re.compile(r"[\\`*_\[\]{}|~$@]|(?<=:)/(?=/)|(?<=[wW]{3})\.")
_OPENS_BLOCK = re.compile(r"(?:[#+=-]|(?<=\d)[.)])")
_START = re.compile(r"^(?:[#+=-]|\d+[.)])")


def escaped(text: str) -> str:
    """The text on one line, without a sign that makes markup of it.

    What could open HTML becomes an entity, which is text for who shows Markdown and for who shows HTML.
    """
    line = _INLINE.sub(r"\\\g<0>", " ".join(text.split()).translate(_ENTITIES))
    return _START.sub(lambda found: _OPENS_BLOCK.sub(r"\\\g<0>", found[0]), line)
