"""Numbers the paragraphs and sentences of a source document, so that a statement can cite them.

The rule, which a citation rests on and which therefore never changes silently:

1. One or more blank lines part two paragraphs. Line breaks within a paragraph are spaces.
2. A line that opens with a bullet (``-``, ``*``, ``•``, ``–``) or a label (``1.``, ``2)``, ``a.``, ``iv)``)
   opens a sentence; it may have no final stop. The lines after it belong to it.
3. ``.``, ``!``, ``?`` and ``…`` with any closing quotes and brackets end a sentence when white space follows
   and the next word does not open with a small letter.
4. A stop ends no sentence after a title or an abbreviation (``Dr.``, ``e.g.``, ``approx.``), after ``No.``
   before a number, after an initial (``J. Smith``; not ``vitamin C.``), after dotted letters (``U.S.``),
   or after the label that opens the sentence. A stop within a word or a number (``1.5``) is part of it.
5. The end of a paragraph ends its last sentence, with or without a stop.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.domain.guidance import SentenceNumber


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NEVER_LAST = _words(
    "dr mr mrs ms mx prof st sr jr rev vs e.g i.e eg ie cf viz approx ca fig figs eq ref refs vol eds pp"
)
"""Abbreviations that a sentence does not end with; ``etc.``, ``al.`` and ``p.m.`` may end one."""

_MAY_BE_LAST = _words("a.m p.m")
_BEFORE_NUMBER = _words("no nos p para art")
_LETTERED = _words(
    "vitamin vitamins hepatitis influenza type group grade stage class part factor phase table"
)
"""After these a single capital letter is a kind of thing (``vitamin C``) and not a person's initial."""

_BULLET = re.compile(
    r"[-*•‣▪–—]\s+\S|(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})[.)]\s+\S|\((?:\d{1,3}|[a-z]|[ivx]{1,4})\)\s+\S"
)
_LABEL = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})")
_END = re.compile(r"(?P<stop>[.!?…]+)[)\]}\"'”’»]*(?=\s+(?P<next>\S+))")
_OPENING = "([{\"'“‘«"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a document, with single spaces between its words."""

    number: SentenceNumber
    text: str


def number_sentences(document: str) -> tuple[Sentence, ...]:
    """Every sentence of the document, in order, each word of the text in exactly one of them."""
    return tuple(
        Sentence(SentenceNumber(p, s), text)
        for p, lines in enumerate(_paragraphs(document), start=1)
        for s, text in enumerate(_sentences(lines), start=1)
    )


def _paragraphs(document: str) -> Iterator[list[str]]:
    lines: list[str] = []
    for line in document.splitlines():
        words = " ".join(line.split())
        if words:
            lines.append(words)
        elif lines:
            yield lines
            lines = []
    if lines:
        yield lines


def _sentences(lines: list[str]) -> Iterator[str]:
    """A paragraph's sentences: first its list items apart, then each of them at its stops."""
    block = lines[0]
    for line in lines[1:]:
        if _BULLET.match(line):
            yield from _at_stops(block)
            block = line
        else:
            block = f"{block} {line}"
    yield from _at_stops(block)


def _at_stops(block: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(block):
        if _ends_sentence(block[start : end.start()], end["stop"], end["next"]):
            yield block[start : end.end()].strip()
            start = end.end()
    yield block[start:].strip()


def _ends_sentence(before: str, stop: str, following: str) -> bool:
    if following.lstrip(_OPENING)[:1].islower():
        return False
    return stop != "." or not _is_part_of_word(before.split(), following)


def _is_part_of_word(words: list[str], following: str) -> bool:
    """Whether the stop after ``words`` belongs to the last of them."""
    if not words or (len(words) == 1 and _LABEL.fullmatch(words[0])):
        return True
    last = words[-1].lstrip(_OPENING)
    word = last.casefold()
    if word in _BEFORE_NUMBER:
        return following[:1].isdigit()
    if word in _NEVER_LAST or word in _MAY_BE_LAST:
        return word in _NEVER_LAST
    if re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", last):
        return True
    return len(last) == 1 and last.isupper() and "".join(words[-2:-1]).casefold() not in _LETTERED
