"""Guidance of the tests' own, about a made-up treatment and a made-up document."""

from datetime import date

from service.domain.guidance.statements import (
    Guidance,
    Review,
    SourceDocument,
    Statement,
    StatementSection,
    Treatment,
    text_digest,
)
from service.domain.sentences.numbering import SentenceNumber

SHA256, OTHER_SHA256 = "5a" * 32, "6b" * 32
TREATMENT, OTHER_TREATMENT = "examplinib", "sampletin"


def guidance_of_tests() -> Guidance:
    """Four statements, one for each section of a sheet, all of them reviewed."""
    return Guidance(
        document=SourceDocument("example-leaflet", "The example leaflet", "en", "example.txt", SHA256),
        treatment=Treatment(TREATMENT, "Examplinib"),
        statements=(
            _statement("tell", StatementSection.TELL, "Tell your provider about all medicines.", "2.1"),
            _statement("why", StatementSection.WHY, "It may act together with others.", "2.2"),
            _statement("report", StatementSection.REPORT, "Report what worries you.", "3.1"),
            _statement("visits", StatementSection.FOLLOW_UP, "Keep the visits.", "3.2"),
        ),
    )


def other_guidance_of_tests(treatment_id: str = OTHER_TREATMENT, name: str = "Sampletin") -> Guidance:
    """Two statements about another treatment, from another document; their ids and numbers are alike."""
    return Guidance(
        document=SourceDocument("sample-leaflet", "The sample leaflet", "en", "sample.txt", OTHER_SHA256),
        treatment=Treatment(treatment_id, name),
        statements=(
            _statement("tell", StatementSection.TELL, "Show your provider the list.", "2.1", OTHER_SHA256),
            _statement("why", StatementSection.WHY, "Others may act on it.", "1.1", OTHER_SHA256),
        ),
    )


def _statement(
    statement_id: str, section: StatementSection, text: str, number: str, sha256: str = SHA256
) -> Statement:
    cites = (SentenceNumber.parse(number),)
    review = Review("The tests", date(2026, 11, 23), text_digest(sha256, text, cites))
    return Statement(statement_id, section, text, cites, review)
