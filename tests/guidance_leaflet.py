"""A made-up leaflet of the tests' own, and statements that cite it."""

import hashlib
from datetime import date

import snowballstemmer

from service.domain.guidance.check import check
from service.domain.guidance.report import StatementReport
from service.domain.guidance.statements import (
    Guidance,
    Review,
    SourceDocument,
    Statement,
    StatementSection,
    Translation,
    Treatment,
    review_digest,
    text_digest,
)
from service.domain.sentences.numbering import SentenceNumber, number_sentences

LEAFLET = """\
Brimolate is a lotion for dry skin on the hands and feet. It belongs to a group of lotions called barrier
lotions.

Brimolate can cause redness. Common side effects may include itching, redness, and mild burning. It is
important to report any severe itching to the clinic nurse.

Since brimolate changes the acidity of certain layers of the skin, it may interact with other lotions. It is
important to inform the clinic nurse about all current lotions, including over-the-shelf oils and soaps,
before starting treatment.

Do not put it on broken skin. Put 2 ml on dry skin twice daily (code B12). Avoid sunlight during treatment.

It is typically stored in the dark. The pharmacy of Marlow often helps to order it. Patients should shake
the bottle. Regular visits are essential during
care to assess the response and manage redness. The nurse will choose
the duration. Some patients notice flakes. You may notice stains where
people use it. Each bottle is recyclable. Never freeze
the lotion.

Regular care is important for the management of dryness and minimizing flakes.
"""


stem = snowballstemmer.stemmer("english").stemWord


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def numbers(*cites: str) -> tuple[SentenceNumber, ...]:
    return tuple(SentenceNumber.parse(number) for number in cites)


def statement(
    text: str, *cites: str, review: Review | None = None, translations: tuple[Translation, ...] = ()
) -> Statement:
    return Statement("one", StatementSection.TELL, text, numbers(*cites), review, translations)


def guidance(
    *statements: Statement, document: str = LEAFLET, language: str = "en", sentences: int | None = None
) -> Guidance:
    source = SourceDocument("leaflet", "Leaflet", language, "leaflet.txt", sha256_of(document), sentences)
    return Guidance(source, Treatment("brimolate", "Brimolate"), statements)


def digest_of(text: str, *cites: str, document: str = LEAFLET) -> str:
    """What a review of a statement is bound to."""
    sentences = {sentence.number: sentence.text for sentence in number_sentences(document)}
    cited = tuple(sentences[number] for number in numbers(*cites))
    return review_digest(text_digest(sha256_of(document), text, numbers(*cites)), cited)


def review_of(text: str, *cites: str, document: str = LEAFLET) -> Review:
    return Review("Test Reviewer 01", date(2026, 11, 23), digest_of(text, *cites, document=document))


def verdict(text: str, *cites: str, document: str = LEAFLET) -> StatementReport:
    return check(guidance(statement(text, *cites), document=document), document, stem).statements[0]


def rules(text: str, *cites: str, document: str = LEAFLET) -> set[int]:
    return {int(refusal.rule) for refusal in verdict(text, *cites, document=document).refusals}
