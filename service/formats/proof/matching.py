"""Lays known passages over a text that was read from an output, so that each letter belongs to one of them.

Blanks, line ends and marks of direction only lay a text out and are left aside; letters are taken apart
(Unicode NFKD), so that a ligature is its letters.

**Right-to-left text in a PDF.** A PDF holds letters in the order in which they stand on paper, and readers
guess the order in which they were said, for the whole line. A passage is therefore compared, from its
first line with a right-to-left letter on, letter by letter at its place and in its length but in any order,
brackets turned or not. No letter can be lost or new there; their order is shown by the page (HTML) alone.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate

from service.formats.proof.issued import Kind
from service.formats.proof.verdicts import Fault, Flaw

_LAYOUT_ONLY = re.compile(r"[\s\u200b\u2066-\u2069]")
_MIRRORED = str.maketrans(")]}>»›", "([{<«‹")
_OPENING = 30
"""What it costs to begin a stretch that is left over: a short passage by chance does not cut it up."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A known text as an output joins it, and how often it stands there; ``most`` None is any number."""

    kind: Kind
    text: str
    place: str
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of an output's text that no passage reaches out of, as the runs in which it was read.

    ``turned`` are the numbers of the runs that stand on a line with a right-to-left letter.
    """

    parts: tuple[str, ...]
    turned: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """The passages found, as often as they stand there, and the faults."""

    found: Counter[Kind]
    faults: tuple[Fault, ...]


def plain(text: str) -> str:
    """The letters of a text without what only lays it out."""
    return _LAYOUT_ONLY.sub("", unicodedata.normalize("NFKD", text))


def match(stretches: Iterable[Stretch], passages: Iterable[Passage]) -> Match:
    """Lay the passages over the stretches: each letter is in one, each passage as often as it may stand."""
    by_letters = _merged(passages)
    laying = _Laying(by_letters)
    used: Counter[str] = Counter()
    faults = []
    for stretch in stretches:
        found, rest = laying.over(stretch)
        used.update(found)
        faults += [Fault(Flaw.EXTRA, text) for text in rest]
    kinds: Counter[Kind] = Counter()
    for letters, passage in by_letters.items():
        kinds[passage.kind] += used[letters]
        if used[letters] < passage.least:
            faults.append(Fault(Flaw.MISSING, passage.text, passage.place))
        if passage.most is not None and used[letters] > passage.most:
            faults.append(Fault(Flaw.REPEATED, passage.text, passage.place))
    return Match(kinds, tuple(faults))


def _merged(passages: Iterable[Passage]) -> Mapping[str, Passage]:
    """The passages by their letters; equal ones together may stand as often as all of them."""
    merged: dict[str, Passage] = {}
    for passage in passages:
        letters = plain(passage.text)
        if letters in merged:
            other = merged[letters]
            endless = passage.most is None or other.most is None
            least = max(passage.least, other.least) if endless else passage.least + other.least
            most = None if endless else (passage.most or 0) + (other.most or 0)
            merged[letters] = Passage(other.kind, other.text, other.place, least, most)
        elif letters:
            merged[letters] = passage
    return merged


class _Laying:
    """Lays the fewest passages over a text; what is left over stays in one piece."""

    def __init__(self, passages: Iterable[str]) -> None:
        self.by_first: dict[str, list[str]] = {}
        self.by_length: dict[int, list[tuple[int, str]]] = {}
        for letters in passages:
            self.by_first.setdefault(letters[0], []).append(letters)
            self.by_length.setdefault(len(letters), []).append((sum(map(ord, _unturned(letters))), letters))

    def over(self, stretch: Stretch) -> tuple[list[str], list[str]]:
        """The passages in the stretch, in order, and the texts that are left over."""
        text, as_read = "".join(map(plain, stretch.parts)), _as_read(stretch.parts)
        step = self._steps(text, self._turned(text, stretch) if stretch.turned else {})
        found: list[str] = []
        rest: list[str] = []
        at, was_open = 0, False
        while at < len(text):
            letters = step[at, was_open]
            if letters is None:
                rest += [] if was_open else [""]
                rest[-1] += as_read[at]
            else:
                found.append(letters)
            was_open = letters is None
            at += len(letters or " ")
        return found, [" ".join(text.split()) for text in rest]

    def _steps(self, text: str, turned: Mapping[int, list[str]]) -> dict[tuple[int, bool], str | None]:
        """The best passage at each place, where the letter before it is left over and where it is not."""
        step: dict[tuple[int, bool], str | None] = {}
        cost, cost_open = [0] * (len(text) + 1), [0] * (len(text) + 1)
        for at in range(len(text) - 1, -1, -1):
            fitting = [letters for letters in self.by_first.get(text[at], ()) if text.startswith(letters, at)]
            fitting += turned.get(at, ())
            best = min(fitting, key=lambda letters: cost[at + len(letters)], default=None)
            leave = 1 + cost_open[at + 1]
            take = leave + _OPENING + 1 if best is None else 1 + cost[at + len(best)]
            step[at, False] = best if take <= leave + _OPENING else None
            step[at, True] = best if take < leave else None
            cost[at], cost_open[at] = min(take, leave + _OPENING), min(take, leave)
        return step

    def _turned(self, text: str, stretch: Stretch) -> dict[int, list[str]]:
        """For the start of each run, the passages from there whose letters stand there, but turned around."""
        starts = [0, *accumulate(len(plain(part)) for part in stretch.parts)]
        sums = [0, *accumulate(map(ord, _unturned(text)))]
        fitting: dict[int, list[str]] = {}
        first = len(text)
        for number in range(len(stretch.parts) - 1, -1, -1):
            at = starts[number]
            first = at if number in stretch.turned else first
            fitting[at] = [
                letters
                for length, group in self.by_length.items()
                if first < at + length <= len(text)
                for total, letters in group
                if total == sums[at + length] - sums[at]
                and letters.startswith(text[at:first])
                and sorted(_unturned(letters)) == sorted(_unturned(text[at : at + length]))
            ]
        return fitting


def _as_read(parts: Iterable[str]) -> list[str]:
    """For each letter that is compared, what was read for it, with the blanks behind it."""
    read = [""]
    for mark in "".join(parts):
        letters = plain(mark)
        read[-1] += "" if letters else mark
        read += [mark, *[""] * (len(letters) - 1)] if letters else []
    return read[1:]


def _unturned(letters: str) -> str:
    """The letters with every bracket opening, as a turned one does."""
    return letters.translate(_MIRRORED)
