"""Notes for the reviewer: what was left out of the cited sentences or put together from several of them.

A rule refuses what was added or turned. What was left out or put together may be honest, so that a person
looks at it: notes refuse nothing.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from service.domain.guidance.language import Notable
from service.domain.guidance.report import Note, NoteCode
from service.domain.guidance.words import Cited, Tokens
from service.domain.sentences.numbering import SentenceNumber

_NEAR = 3
"""How many words a limit may stand before its number: "less than about 4 hours"."""
_ENDS = frozenset(",;:.!?()|–—")


@dataclass(frozen=True)
class Beside:
    """What a statement is held beside: its sentences, their numbers, and which of them are header rows."""

    numbers: tuple[SentenceNumber, ...]
    headers: frozenset[SentenceNumber]
    cited: Cited
    words: Notable

    def sentences(self) -> list[tuple[SentenceNumber, Tokens]]:
        """The cited sentences that say something themselves."""
        pairs = zip(self.numbers, self.cited.sentences, strict=False)
        return [(number, sentence) for number, sentence in pairs if number not in self.headers]

    def header_of(self, number: SentenceNumber) -> Tokens | None:
        """The cited header of the table that a row belongs to."""
        pairs = zip(self.numbers, self.cited.sentences, strict=False)
        return next(
            (row for other, row in pairs if other in self.headers and other.paragraph == number.paragraph),
            None,
        )

    def keys(self, tokens: Tokens) -> set[str]:
        """What the words of a text may stand for."""
        return {key for token in tokens if token.is_word for key in self.cited.keys(token.word)}

    def telling(self, tokens: Tokens) -> list[str]:
        """The words that say something."""
        return [token.word for token in tokens if token.is_word and token.word not in self.words.light]


def notes(said: Tokens, beside: Beside) -> Iterator[Note]:
    """What a reviewer of a statement should look at."""
    for number, sentence in beside.sentences():
        for part in _conditions(sentence, beside.words):
            if _is_dropped(part, said, beside):
                yield Note(NoteCode.CONDITION_DROPPED, (number,), shown(part))
        denied = [token for token in sentence if token.word in beside.words.negators]
        if denied and not any(token.word in beside.words.negators for token in said):
            yield Note(NoteCode.NEGATION_DROPPED, (number,), denied[0].text)
        for limit in _limits(sentence, beside.words):
            if not _is_limited(limit[-1].word, said, beside.words):
                yield Note(NoteCode.LIMIT_DROPPED, (number,), shown(limit))
    yield from _moved_columns(said, beside)
    own = _words_of_one(beside)
    for part in _parts(said):
        yield from _combined(part, own, beside)


def _limits(sentence: Tokens, language: Notable) -> Iterator[Tokens]:
    """Numbers with the word before them that makes a limit of them: "up to 14", "more than 1"."""
    for at, token in enumerate(sentence):
        places = range(max(at - _NEAR, 0), at)
        limit = next((place for place in places if sentence[place].word in language.limits), None)
        if limit is not None and token.word[0].isnumeric() and not _has_number(sentence[limit:at]):
            yield sentence[limit : at + 1]


def _has_number(tokens: Tokens) -> bool:
    return any(token.word[0].isnumeric() or token.text == "|" for token in tokens)


def _is_limited(number: str, said: Tokens, language: Notable) -> bool:
    """Whether the statement has the number nowhere, or with some limit beside it."""
    places = [at for at, token in enumerate(said) if token.word == number]
    around = (said[max(at - _NEAR, 0) : at + _NEAR + 2] for at in places)
    return not places or any(token.word in language.limits for part in around for token in part)


def _moved_columns(said: Tokens, beside: Beside) -> Iterator[Note]:
    """ "1 tablet in the morning", where the row has 1 under "Evening"."""
    for number, sentence in beside.sentences():
        header = beside.header_of(number)
        if header is None:
            continue
        names = [beside.keys(cell) for cell in _cells(header)]
        cells = _cells(sentence)
        for part in _parts(said, beside.words.joints | {","}):
            there = beside.keys(part)
            named = [
                at for at, keys in enumerate(names) if at and keys & there - set[str]().union(*names[:at])
            ]
            if len(named) == 1 and _belongs_elsewhere(
                part, cells[1:], cells[named[0] : named[0] + 1], beside
            ):
                yield Note(NoteCode.COLUMNS_MOVED, (number,), shown(part))


def _belongs_elsewhere(part: Tokens, cells: list[Tokens], named: list[Tokens], beside: Beside) -> bool:
    """Whether a number is of the row and not of the cell whose column is named, which says how many."""
    figures = {token.word for cell in cells for token in cell if token.word[0].isnumeric()}
    of_named = {token.word for cell in named for token in cell}
    counts = any(word[0].isnumeric() or word in beside.words.negators for word in of_named)
    return counts and bool(figures & {token.word for token in part} - of_named)


def _cells(row: Tokens) -> list[Tokens]:
    """The cells of a row, without the empty one before a "|" that opens it."""
    ends = [at for at, token in enumerate(row) if token.text == "|"]
    cells = [row[start:end] for start, end in pairwise([-1, *ends, len(row)])]
    return [tuple(token for token in cell if token.text != "|") for cell in cells][ends[:1] == [0] :]


def _words_of_one(beside: Beside) -> dict[SentenceNumber, set[str]]:
    """For each cited sentence the keys of the words that no other cited one has."""
    keys = [beside.keys(sentence) for sentence in beside.cited.sentences]
    count = Counter(key for found in keys for key in found)
    telling = dict(beside.sentences())
    return {
        number: {
            key
            for word in beside.telling(telling[number])
            for key in beside.cited.keys(word)
            if count[key] == 1
        }
        for number in beside.numbers
        if number in telling
    }


def _combined(part: Tokens, own: dict[SentenceNumber, set[str]], beside: Beside) -> Iterator[Note]:
    """Rows, or sentences of several paragraphs, of which one sentence of the statement has words."""
    there = beside.keys(part)
    used = tuple(number for number, keys in own.items() if keys & there)
    rows = dict(beside.sentences())
    of_rows = tuple(number for number in used if any(token.text == "|" for token in rows[number]))
    if len(of_rows) > 1:
        yield Note(NoteCode.ROWS_COMBINED, of_rows, shown(part))
    elif len({number.paragraph for number in used}) > 1:
        yield Note(NoteCode.PARAGRAPHS_COMBINED, used, shown(part))


def _parts(said: Tokens, joints: frozenset[str] = frozenset()) -> Iterator[Tokens]:
    """The sentences of a statement, taken apart at a semicolon and at ``joints`` too."""
    starts = [at for at, token in enumerate(said) if token.opens or token.word in joints | {";"}]
    for start, end in pairwise([*starts, len(said)]):
        yield said[start:end]


def _conditions(sentence: Tokens, language: Notable) -> Iterator[Tokens]:
    """The parts that say when something holds: a label or the first cell of a row, "if" and its clause."""
    lead = _lead(sentence)
    if lead:
        yield lead
    opened = [at for at in range(len(lead), len(sentence)) if sentence[at].word in language.conditions]
    for at, following in pairwise([*opened, len(sentence)]):
        end = next((n for n in range(at, following) if sentence[n].text in _ENDS), following)
        yield sentence[at:end]


def _lead(sentence: Tokens) -> Tokens:
    """What stands before the first ":" or "|", where something stands behind it."""
    start = next((at for at, token in enumerate(sentence) if token.is_word), len(sentence))
    if [token.text for token in sentence[start + 1 : start + 2]] in [["."], [")"]]:
        start += 2
    end = next((at for at in range(start, len(sentence)) if sentence[at].text in {":", "|"}), len(sentence))
    return sentence[start:end] if any(token.is_word for token in sentence[end:]) else ()


def _is_dropped(part: Tokens, said: Tokens, beside: Beside) -> bool:
    """Whether a number of the part is not said, or most of its other words are not."""
    there = beside.keys(said)
    told = beside.telling(part)
    missing = [word for word in told if not beside.cited.keys(word) & there]
    return 2 * len(missing) > len(told) or any(word[0].isnumeric() for word in missing)


def shown(part: Tokens) -> str:
    """Words and marks written as a text."""
    text = " ".join(token.text for token in part).lstrip(",; ")
    return re.sub(r" (?=[.,;:%)?!])|(?<=[(°¿¡]) ", "", text)
