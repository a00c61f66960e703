"""Guidance of the tests' own, about a made-up treatment and a made-up document."""

from datetime import date

from service.domain.guidance import (
    Guidance,
    Review,
    SentenceNumber,
    SourceDocument,
    Statement,
    StatementSection,
    Treatment,
    text_digest,
)

SHA256 = "5a" * 32
TREATMENT = "examplinib"


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


def _statement(statement_id: str, section: StatementSection, text: str, number: str) -> Statement:
    cites = (SentenceNumber.parse(number),)
    review = Review("The tests", date(2026, 11, 23), text_digest(SHA256, text, cites))
    return Statement(statement_id, section, text, cites, review)
