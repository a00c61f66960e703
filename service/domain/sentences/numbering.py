"""Numbers the paragraphs and sentences of a source document, so that a statement can cite them.

The rule, which a citation rests on and which therefore never changes silently:

Lines
 1. One or more blank lines part two paragraphs. Within a paragraph a line break is a space, but for 2 to 6.
 2. A line that opens with a bullet (``-``, ``•``, ``☐``), a sign of a footnote (``†``; ``¹`` and ``[1]``
    before a capital) or a label (``1.``, ``2)``, ``a.``, ``iv)``; ``1.1`` before a capital) opens a
    sentence; it may have no final stop. After a line that leads on (4) a label other than the first, ``1``
    or ``a``, opens none unless the paragraph has an item already.
 3. A row of a table is one sentence, whatever stops it has. Rows are a line with a ``|``; a line with a tab
    between words that stands beside another such or alone in its paragraph; and two or more lines under
    each other with gaps of two or more spaces at the same columns. A ``|`` stands as it is; a tab becomes
    one, and a gap one for each gap of the fullest row that it spans, so that an empty cell is seen. A line
    in a table of spaces that has nothing in the first column belongs to the row above.
 4. Any other line goes on with the line above if it opens with no capital (quotes, dashes, ``¿`` and ``¡``
    aside), or if the line above
    - has a final stop, which is then judged by 7 and 8;
    - leads on: its last word ends with a comma, or is an abbreviation that ends no sentence or one of the
      small words that end no heading (``of``, ``the``, ``not``; ``de``, ``el``, ``que``);
    - leaves a bracket open, or is all capitals like this one;
    - belongs to a paragraph with an item, and this line stands further right than the last item;
    - is full: with the next word it would have been longer than the longest line, of the paragraph or else
      of the document, that a small letter goes on from; or than 60 characters where there is no such line.
    Otherwise it opens a sentence: so a heading parts from its text. Where both lines open with a name and a
    colon (``Form: pen``), brackets, capitals, columns and fullness do not join them.
 5. A ruling line (``---``, ``=====``) belongs to what stands above it, or where nothing does, below it.
 6. Text goes on neither with a row nor with a ruling line.

Stops
 7. ``.``, ``!``, ``?`` and ``…`` with any closing quotes, brackets and footnote marks (``¹``, ``*``,
    ``[1]``) end a sentence when white space follows and the next word does not open with a small letter.
    ``pH`` and its like open with none.
 8. A stop ends no sentence after a title or an abbreviation (``Dr.``, ``Sra.``, ``e.g.``, ``p. ej.``);
    after ``No.``, ``max.``, ``tel.``, ``pág.``, a month and their like before a number; after an initial
    (``J. Smith``; not ``vitamin C.`` or ``2 L.``); after dotted letters (``U.S.``, ``EE. UU.``); or after
    the label or caption that opens the sentence (``Table 1.``). ``…`` or ``...`` between spaces ends none.
    A stop within a word or a number (``1.5``) is part of it.
 9. The end of a paragraph ends its last sentence, with or without a stop.

The words meant are listed in ``abbreviations`` and ``blocks``. Nothing but the document decides.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from service.domain.sentences.abbreviations import OPENING, STOPS, belongs_to_word
from service.domain.sentences.blocks import Block, paragraphs
from service.domain.text import printable

CLOSING = ")]}\"'”’»¹²³⁰⁴⁵⁶⁷⁸⁹*†‡§"
_REFERENCE = frozenset("0123456789,-–")


@dataclass(frozen=True, slots=True, order=True)
class SentenceNumber:
    """Paragraph and sentence of a source document, both counted from 1; written ``5.2``."""

    paragraph: int
    sentence: int

    def __post_init__(self) -> None:
        if self.paragraph < 1 or self.sentence < 1:
            raise ValueError("paragraphs and sentences are counted from 1")

    def __str__(self) -> str:
        return f"{self.paragraph}.{self.sentence}"

    @classmethod
    def parse(cls, text: str) -> "SentenceNumber":
        """Read ``"5.2"``. Raises ValueError for anything else."""
        paragraph, dot, sentence = text.partition(".")
        if not (
            dot and paragraph.isascii() and paragraph.isdigit() and sentence.isascii() and sentence.isdigit()
        ):
            raise ValueError(f"{text!r} is not a sentence number such as 5.2")
        return cls(int(paragraph), int(sentence))


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a document, with single spaces between its words.

    ``mark`` is the bullet or label that its text opens with, empty where it opens no item of a list;
    ``is_row`` says that it is a row of a table.
    """

    number: SentenceNumber
    text: str
    mark: str = ""
    is_row: bool = False

    @property
    def line(self) -> str:
        """Its number and its text, on one line that can be printed anywhere."""
        return f"{self.number}  {printable(self.text)}"


def number_sentences(document: str) -> tuple[Sentence, ...]:
    """Every sentence of the document, in order, each word of the text in exactly one of them."""
    return tuple(
        Sentence(SentenceNumber(p, s), text, mark, is_row)
        for p, blocks in enumerate(paragraphs(document), start=1)
        for s, (text, mark, is_row) in enumerate(_sentences(blocks), start=1)
    )


def _sentences(blocks: list[Block]) -> Iterator[tuple[str, str, bool]]:
    """The text of each sentence, the mark of an item that it opens, and whether it is a row."""
    for block in blocks:
        parts = [block.words] if block.row else list(_at_stops(block.words))
        parts[0] = block.above + parts[0]
        parts[-1] = parts[-1] + block.below
        for at, words in enumerate(parts):
            yield " ".join(words), "" if at else block.mark, block.row


def _at_stops(words: list[str]) -> Iterator[list[str]]:
    start = 0
    for end in range(1, len(words)):
        if _ends_sentence(words[max(start, end - 3) : end], words[end]):
            yield words[start:end]
            start = end
    yield words[start:]


def _ends_sentence(words: list[str], following: str) -> bool:
    """Whether a sentence ends after ``words``, of which the last three are enough."""
    word = _without_closing(words[-1])
    core = word.rstrip(STOPS)
    stop = word[len(core) :]
    if not stop or _opens_small(following):
        return False
    if "!" in stop or "?" in stop:
        return True
    if stop != ".":
        return bool(core.lstrip(OPENING))
    return not belongs_to_word(words[:-1], core, following)


def _without_closing(word: str) -> str:
    before, _, reference = word.rpartition("[")
    if reference[-1:] == "]" and len(reference) > 1 and _REFERENCE.issuperset(reference[:-1]):
        word = before
    return word.rstrip(CLOSING)


def _opens_small(word: str) -> bool:
    letters = word.lstrip(OPENING)[:2]
    return letters[:1].islower() and not letters[1:].isupper()
