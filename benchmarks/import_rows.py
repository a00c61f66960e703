"""The row of an import: what reading a FHIR Bundle takes, without the database."""

from collections.abc import Iterator
from typing import Any

from benchmarks.bundle import ENTRIES, dosage_text, made_up_bundle, medicine_name
from benchmarks.databases import MissingError
from benchmarks.effort import times
from benchmarks.results import Goal, Result, no_figure, result
from benchmarks.rounds import measure_calls
from benchmarks.sameness import DifferentError, check_same
from service.domain.imports.sent import SentItem, SentPatient
from service.formats.fhir.parsing import parse_fhir
from service.formats.fhir.reading import read
from service.formats.findings import Reading

IMPORT = "FHIR import of a 50-entry Bundle, parse and check"
NAMES = [IMPORT]
_GOAL = Goal(0.1)


def measure(wanted: list[str]) -> Iterator[Result]:
    """The row, where it is wanted."""
    if wanted:
        yield _import(made_up_bundle())


def _import(body: bytes) -> Result:
    try:
        model = _bundle_model()
        check_same("Bundle", _kept(_read(body)), _expected())
        check_same("entries", str(len(model.model_validate_json(body).entry)), str(ENTRIES))
    except (MissingError, DifferentError) as error:
        return no_figure(IMPORT, _GOAL, str(error))
    found = measure_calls(
        lambda: _read(body), lambda: model.model_validate_json(body), rounds=times(12), number=times(5)
    )
    against = (
        f"fhir.resources (R4B) parses the same {len(body) // 1000} kB into its models; "
        f"{found.least:.1f} ms a Bundle against {found.ours:.1f} ms for all that an import reads from it"
    )
    return result(IMPORT, found.ratio, found.low, found.high, _GOAL, against)


def _read(body: bytes) -> Reading:
    return read(parse_fhir(body), sender="made-up")


def _bundle_model() -> Any:
    """The class of Bundles. Raises MissingError."""
    try:
        from fhir.resources.R4B import get_fhir_model_class  # noqa: PLC0415 -- may be missing
    except ImportError:
        raise MissingError("fhir.resources is not installed") from None
    return get_fhir_model_class("Bundle")


def _kept(reading: Reading) -> str:
    """A line for each entry: whose it is, and the texts that are kept of it."""
    lines = ["refused" if reading.refused else "taken"]
    for entry in reading.entries:
        said = entry.said
        if isinstance(said, SentPatient):
            lines.append(f"{said.name} {said.birth_date}")
        elif isinstance(said, SentItem):
            facts, whose = said.facts, entry.whose
            lines.append(f"{whose and whose.entry}: {facts.name}, {facts.status}, {facts.dosage_text}")
    return "\n".join(lines)


def _expected() -> str:
    items = (f"0: {medicine_name(number)}, active, {dosage_text(number)}" for number in range(1, ENTRIES))
    return "\n".join(["taken", "Test Patient Ünal 1961-04-02", *items])
