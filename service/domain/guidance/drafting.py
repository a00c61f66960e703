"""Drafts of statements for a person to edit, and what no statement cites.

A draft says what its sentences say, in their own words. It decides nothing: which sentences a sheet needs,
and in which section, a person decides, and reviews each statement.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence

from service.domain.errors import Fault, RefusedError
from service.domain.guidance.languages import language_of
from service.domain.guidance.statements import Statement, StatementSection
from service.domain.guidance.words import tokens_of
from service.domain.sentences.abbreviations import STOPS
from service.domain.sentences.context import Placed, cells, placed
from service.domain.sentences.numbering import CLOSING, Sentence, SentenceNumber, number_sentences
from service.domain.sentences.tables import is_ruling

_WORDS_OF_ID = 4
_LETTERS_OF_ID = 40


def proposed_section(sentence_text: str, language: str) -> StatementSection:
    """The section that the words of a sentence speak for; ``about`` where none does.

    ``language`` is a BCP 47 tag.
    """
    known = language_of(language)
    if known is None:
        return StatementSection.ABOUT
    said = {token.word for token in tokens_of(sentence_text, known.vocabulary.parts)}
    fitting = (section for section, words in known.sections if words & said)
    return next(fitting, StatementSection.ABOUT)


def drafted(
    document_text: str, language: str, only: Collection[SentenceNumber] | None = None
) -> tuple[Statement, ...]:
    """A statement for each sentence that says something by itself, or for each of ``only``, in their order.

    An item of a list comes with the lines that lead to it, and a row with the header of its table; both are
    cited with it. Headings and headers alone are left to ``uncited``, unless ``only`` asks for them. Raises
    RefusedError naming each of ``only`` that is no sentence of the document.
    """
    sentences = number_sentences(document_text)
    if only is not None:
        _refuse_unknown(only, sentences)
    return tuple(
        _statement(place, language)
        for place in placed(sentences)
        if (not place.leads if only is None else place.sentence.number in only)
    )


def uncited(document_text: str, statements: Sequence[Statement]) -> tuple[Sentence, ...]:
    """The sentences of the document that no statement cites, in order."""
    cited = {number for statement in statements for number in statement.cites}
    return tuple(each for each in number_sentences(document_text) if each.number not in cited)


def _refuse_unknown(only: Collection[SentenceNumber], sentences: Sequence[Sentence]) -> None:
    unknown = sorted(set(only) - {sentence.number for sentence in sentences})
    if unknown:
        raise RefusedError(
            *(Fault("", "no_sentence", f"{number} is no sentence of the document.") for number in unknown)
        )


def _statement(place: Placed, language: str) -> Statement:
    leads = [_said(sentence) for sentence in place.above]
    text = _ended(" ".join([*(_leading(lead) for lead in leads), _own_words(place)]))
    header = () if place.header is None else (place.header,)
    cites = tuple(sentence.number for sentence in (*place.above, *header, place.sentence))
    return Statement(_readable_id(place.sentence), proposed_section(text, language), text, cites)


def _ended(text: str) -> str:
    """The text with a stop, so that no figure at its end runs into the raised number of a source."""
    return text if text.rstrip(CLOSING).endswith(tuple(STOPS)) else f"{text}."


def _own_words(place: Placed) -> str:
    """What the sentence itself says, each cell of a row behind the header of its column."""
    if place.header is None:
        return _said(place.sentence)
    row, header = cells(place.sentence), cells(place.header)
    if len(row) != len(header):
        return _said(place.sentence)
    return "; ".join(_cell(name, cell or "–") for name, cell in zip(header, row, strict=True))


def _cell(name: str, cell: str) -> str:
    if not name:
        return cell
    return f"{name} {cell}" if name.endswith((":", *STOPS)) else f"{name}: {cell}"


def _leading(lead: str) -> str:
    ended = lead.rstrip(CLOSING).endswith((":", *STOPS))
    return lead if ended else f"{lead} –"


def _said(sentence: Sentence) -> str:
    """Its words without the bullet or label, a line drawn beside it, or the comma that an item ends with."""
    words = [word for word in sentence.text.split() if not is_ruling(word)]
    text = " ".join(words).removeprefix(sentence.mark).strip()
    if sentence.mark:
        text = text.rstrip(";,")
    return text or sentence.text


def _readable_id(sentence: Sentence) -> str:
    """Its first words and its number, so that no two sentences have one id."""
    plain = unicodedata.normalize("NFKD", _said(sentence).casefold()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain)[:_WORDS_OF_ID] or ["sentence"]
    number = sentence.number
    return f"{'-'.join(words)[:_LETTERS_OF_ID].strip('-')}-{number.paragraph}-{number.sentence}"
