"""What stands below a card's summary, in GitHub Flavored Markdown: paragraphs and lists, and nothing else."""

from collections.abc import Iterator

from service.domain.cards.asked import SentPart, SentRecord
from service.domain.cards.cards import Card, Whose
from service.domain.checklists.record_texts import to_ask
from service.domain.checklists.worklist import CategoryState, ListState
from service.domain.guidance.statements import Guidance, Statement, StatementSection
from service.domain.wording import Catalogue, same_language
from service.formats.cds_hooks.markdown import escaped

_SECTIONS = (StatementSection.TELL, StatementSection.WHY)


def detail(card: Card) -> str:
    """The detail of a card. Every text in it is escaped."""
    words = card.words
    blocks = [
        [escaped(words.text("notice.not_checked"))],
        *([[escaped(words.text("card.ids_differ"))]] if card.ids_differ else []),
        *_of_list(card),
        *_listed(words.text("card.sent"), _sent(card), words.text("card.sent_more")),
        *_guidance(card.guidance, words),
    ]
    return "\n\n".join("\n".join(block) for block in blocks)


def _listed(title: str, lines: Iterator[str], more: str | None = None) -> Iterator[list[str]]:
    """A title, what is listed below it, and what is to be known of it; nothing where nothing is listed."""
    bullets = [f"- {escaped(line)}" for line in lines]
    if bullets:
        yield [f"**{escaped(title)}**"]
        yield bullets
        if more:
            yield [escaped(more)]


def _of_list(card: Card) -> Iterator[list[str]]:
    words, shown = card.words, card.shown
    if shown is None:
        key = "card.no_list_more" if card.whose is Whose.NOT_ON_FILE else "card.whose_more"
        yield [escaped(words.text(key))]
        return
    title = words.text("card.list", version=shown.state.version, date=words.date(shown.on))
    yield from _listed(title, _categories(shown.state, words))
    yield from _listed(words.text("section.gaps"), iter(to_ask(shown.state.gaps, words)))


def _categories(state: ListState, words: Catalogue) -> Iterator[str]:
    for one in state.categories:
        category = words.text(f"section.{one.category}")
        yield words.text("batch.answer", category=category, answer=_answer(one, words))


def _answer(state: CategoryState, words: Catalogue) -> str:
    if state.items:
        return words.text("batch.listed", number=state.items)
    return words.text(f"answer_word.{state.answer}")


def _sent(card: Card) -> Iterator[str]:
    for record in SentRecord:
        yield card.words.text(f"card_sent.{record}", sent=_part(card.sent[record], card.words))


def _part(part: SentPart, words: Catalogue) -> str:
    if part.complete:
        return str(part.number)
    return words.text(f"card_sent_state.{part.status}", number=part.number)


def _guidance(guidance: Guidance, words: Catalogue) -> Iterator[list[str]]:
    """What the document says to tell, and why, each statement with the sentences that it cites."""
    statements = [one for section in _SECTIONS for one in guidance.in_section(section)]
    spoken = [_spoken(guidance, one, words) for one in statements]
    foreign = not all(same_language(language, words.language) for _, language in spoken)
    lines = (f"{text} ({_cited(one, words)})" for (text, _), one in zip(spoken, statements, strict=True))
    title = words.text("batch.answer", category=guidance.treatment.name, answer=words.text("section.tell"))
    source = words.text("batch.answer", category=words.text("sheet.sources"), answer=guidance.document.title)
    yield from _listed(title, lines, source)
    if foreign:
        yield [escaped(words.text("notice.statements_language"))]


def _spoken(guidance: Guidance, statement: Statement, words: Catalogue) -> tuple[str, str]:
    """A statement's text and its language: the card's where a person reviewed it, else the document's."""
    if translation := guidance.reviewed_translation(statement, words.language):
        return translation.text, translation.language
    return statement.text, guidance.document.language


def _cited(statement: Statement, words: Catalogue) -> str:
    return "; ".join(
        words.text("sheet.sentence", paragraph=number.paragraph, sentence=number.sentence)
        for number in statement.cites
    )
