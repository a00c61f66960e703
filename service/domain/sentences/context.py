"""What the sentences of a paragraph hang under: a heading, a line that leads to a list, a table's header.

A fragment such as “fever” says nothing without the line above its list. Which line that is, only a person
knows for certain; this is a proposal.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from service.domain.sentences.abbreviations import STOPS
from service.domain.sentences.numbering import CLOSING, Sentence
from service.domain.sentences.tables import MARK, is_ruling

_WORDS_OF_HEADING = 8
_FOOTNOTES = frozenset("*†‡§¶")


@dataclass(frozen=True, slots=True)
class Placed:
    """A sentence among the others.

    ``above`` is what it hangs under, outermost first; ``header`` the header of the table that it is a row of.
    ``leads`` says that it only leads to others, as a heading does.
    """

    sentence: Sentence
    above: tuple[Sentence, ...] = ()
    header: Sentence | None = None
    leads: bool = False


def placed(sentences: Sequence[Sentence]) -> Iterator[Placed]:
    """Each sentence with what it hangs under within its own paragraph, in order."""
    for _, paragraph in groupby(sentences, key=lambda sentence: sentence.number.paragraph):
        yield from _Paragraph(tuple(paragraph)).placed()


class _Paragraph:
    def __init__(self, sentences: tuple[Sentence, ...]) -> None:
        self._sentences = sentences
        self._heading: tuple[Sentence, ...] = ()
        self._lead: tuple[Sentence, ...] = ()
        self._items: list[Sentence] = []
        self._header: Sentence | None = None

    @property
    def _leads(self) -> tuple[Sentence, ...]:
        return self._heading + self._lead

    def placed(self) -> Iterator[Placed]:
        before: Sentence | None = None
        for sentence, following in zip(self._sentences, (*self._sentences[1:], None), strict=True):
            if sentence.is_row:
                yield self._row(sentence, before, following)
            elif sentence.mark:
                yield self._item(sentence)
            else:
                yield self._text(sentence, before, following)
            before = sentence

    def _row(self, row: Sentence, before: Sentence | None, following: Sentence | None) -> Placed:
        if before is None or not before.is_row:
            self._header = row if following and following.is_row and _is_header(row) else None
            return Placed(row, self._leads, leads=self._header is not None)
        return Placed(row, self._leads, self._header)

    def _item(self, item: Sentence) -> Placed:
        """An item whose bullet is of another kind than that of the item before hangs under that one."""
        kinds = [_kind(above.mark) for above in self._items]
        if _kind(item.mark) in kinds:
            del self._items[kinds.index(_kind(item.mark)) :]
        above = (*self._leads, *self._items)
        self._items.append(item)
        is_title = len(self._sentences) == 1 and item.mark[:-1].isalnum() and _is_short(item)
        return Placed(item, above, leads=_asks_for_more(item) or (is_title and not _is_ended(item)))

    def _text(self, text: Sentence, before: Sentence | None, following: Sentence | None) -> Placed:
        if before and _asks(before):
            return Placed(text, (*self._leads, before) if before.mark else (before,))
        opens_list = following is not None and bool(following.mark or following.is_row)
        leads = _asks_for_more(text) or (not _is_ended(text) and (opens_list or _is_short(text)))
        if leads and before is None:
            self._heading = (text,)
        elif leads:
            self._lead = (text,)
            self._items.clear()
        return Placed(text, leads=leads)


def _asks(sentence: Sentence) -> bool:
    return sentence.text.rstrip(CLOSING).endswith("?")


def _asks_for_more(sentence: Sentence) -> bool:
    return _asks(sentence) or sentence.text.rstrip(CLOSING).endswith(":")


def _is_ended(sentence: Sentence) -> bool:
    return sentence.text.rstrip(CLOSING).endswith(tuple(STOPS))


def _is_short(sentence: Sentence) -> bool:
    return len(sentence.text.split()) <= _WORDS_OF_HEADING


def _is_header(row: Sentence) -> bool:
    """Whether a table's first row has a line drawn below it, or at least no figure."""
    drawn = any(is_ruling(word) for word in row.text.split())
    return drawn or not any(character.isdigit() for character in row.text)


def _kind(mark: str) -> str:
    """Bullets of one sign are of a kind, and so are numbers, letters, and the signs of footnotes."""
    label = mark.strip("()[].-")
    if mark in _FOOTNOTES:
        return "*"
    return "1" if label.isdigit() else "a" if label.isalpha() else mark


def cells(row: Sentence) -> tuple[str, ...]:
    """The cells of a row, without the lines drawn around it; an empty cell is an empty text."""
    words = [word for word in row.text.split() if not is_ruling(word)]
    parts = [part.strip() for part in " ".join(words).split(MARK)]
    framed = len(parts) > 1 and not parts[0] and not parts[-1]
    return tuple(parts[1:-1] if framed else parts)
