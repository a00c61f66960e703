"""``README.txt``: what is in the file, in the service's fixed words."""

from collections.abc import Sequence

from service.domain.wording import Catalogue
from service.formats.patient_file.archive import LIST_IN_FHIR, RECORD_JSON, RECORD_PAGE, SHEETS, SheetFile

_FILES = (
    ("readme.record_html", RECORD_PAGE),
    ("readme.record_json", RECORD_JSON),
    ("readme.fhir_json", LIST_IN_FHIR),
    ("readme.sheets", SHEETS),
)


def readme_text(words: Catalogue, sheets: Sequence[SheetFile]) -> str:
    """The whole text. A sheet that could not be printed is named."""
    lines = [words.text("data.title"), ""]
    lines += [words.text(key, file=name) for key, name in _FILES]
    pages = [sheet.name for sheet in sheets if not sheet.printed]
    if pages:
        lines += ["", words.text("readme.unprintable"), *pages]
    return "\r\n".join([*lines, "", words.text("readme.left_out"), ""])
