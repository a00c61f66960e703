"""How a sheet joins the texts of a document: each passage that may stand on a page or in a PDF.

The words come from the document's proven lines, the record and the catalogue. What is joined with which mark
stands in the parts of this module and nowhere else; a text that none of them makes is a fault of the output.
"""

from collections.abc import Iterable

from service.formats.proof.head_passages import Furniture, Head
from service.formats.proof.issued import Issued, Kind
from service.formats.proof.joining import Joining, Layout
from service.formats.proof.line_passages import Lines
from service.formats.proof.matching import Passage
from service.formats.proof.state_passages import Signing, State
from service.formats.proof.verdicts import Known

_OF_A_SHEET: tuple[type[Joining], ...] = (Furniture, Head, State, Signing, Lines)
_OF_A_NARRATIVE: tuple[type[Joining], ...] = (Head, Lines)


def passages_of(issued: Issued, known: Iterable[Known], layout: Layout) -> tuple[Passage, ...]:
    """Every passage that may stand on the sheet. A text of the document that was not proven is in none."""
    return _joined(_OF_A_SHEET, issued, known, layout)


def narrative_passages(issued: Issued, known: Iterable[Known]) -> tuple[Passage, ...]:
    """Every passage that may stand in the narrative of the sheet as a FHIR document."""
    nameless = Passage(Kind.WORDING, issued.words.text("sheet.name_missing"), "/patient/name", 0, 1)
    layout = Layout("", " ({})", values_apart=False)
    return (nameless, *_joined(_OF_A_NARRATIVE, issued, known, layout))


def _joined(
    parts: Iterable[type[Joining]], issued: Issued, known: Iterable[Known], layout: Layout
) -> tuple[Passage, ...]:
    proven = {entry.text for entry in known}
    return tuple(passage for part in parts for passage in part(issued, proven, layout).passages())
