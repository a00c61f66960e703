"""The two works as requests, and the proof that both sides do the same work."""

from itertools import count, cycle, islice

import orjson

from benchmarks.forms import form
from benchmarks.sameness import check_digests, check_same, check_same_rows, rows_of
from benchmarks.sides import Request, Side

_keys = count(1)


def post_intake(side: Side, number: int) -> list[Request]:
    """Forms of 20 items, each of a new patient, each under a key of its own."""
    return [posted(side.keys.intake) for _ in range(number)]


def posted(secret: str, body: bytes | None = None, key: str | None = None) -> Request:
    """An intake under a key of its own; without a body, a form of 20 items of a new patient."""
    headers = {
        "Authorization": f"Bearer {secret}",
        "Content-Type": "application/json",
        "Idempotency-Key": key or f"benchmark-{next(_keys):08d}",
    }
    return Request("POST", "/v1/intake", headers, body or orjson.dumps(form()), 201)


def get_checklist(side: Side, number: int) -> list[Request]:
    """The side's own sheets of 20 items, one after another."""
    if not side.sheets:
        answers = [side.ask(request) for request in post_intake(side, 20)]
        side.sheets = [sheet_of(answer) for answer in answers]
    return [reading(side.keys.ehr, path) for path in islice(cycle(side.sheets), number)]


def sheet_of(receipt: bytes) -> str:
    """The address of the sheet that an intake's receipt tells of."""
    return str(orjson.loads(receipt)["checklist"]["links"]["self"])


def reading(secret: str, path: str) -> Request:
    """A sheet as JSON."""
    headers = {"Authorization": f"Bearer {secret}", "Accept": "application/json"}
    return Request("GET", path, headers, None, 200)


def check_same_work(service: Side, floor: Side) -> None:
    """Post one form and read its sheet on both. Raises DifferentError and WrongAnswerError."""
    body = orjson.dumps(form())
    receipts, sheets = [], []
    for side in (service, floor):
        receipt = side.ask(posted(side.keys.intake, body, "the same work"))
        sheet = side.ask(reading(side.keys.ehr, sheet_of(receipt))).decode()
        check_digests(sheet)
        receipts.append(receipt.decode())
        sheets.append(sheet)
    check_same("receipt", *receipts)
    check_same("checklist", *sheets)
    check_same_rows(rows_of(service.database_url), rows_of(floor.database_url))
