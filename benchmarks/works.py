"""The two works as requests, and the proof that both sides do the same work."""

import json
from itertools import count, cycle, islice

import orjson

from benchmarks.forms import form
from benchmarks.sameness import check_digests, check_same, check_same_rows, rows_of
from benchmarks.sides import Request, Side

_keys = count(1)


def post_intake(side: Side, number: int) -> list[Request]:
    """Forms of 20 items, each of a new patient, each under a key of its own."""
    return [_intake(side, orjson.dumps(form()), f"benchmark-{next(_keys):08d}") for _ in range(number)]


def _intake(side: Side, body: bytes, key: str) -> Request:
    headers = {
        "Authorization": f"Bearer {side.keys.intake}",
        "Content-Type": "application/json",
        "Idempotency-Key": key,
    }
    return Request("POST", "/v1/intake", headers, body, 201)


def get_checklist(side: Side, number: int) -> list[Request]:
    """The side's own sheets of 20 items, one after another."""
    if not side.sheets:
        answers = [side.ask(request) for request in post_intake(side, 20)]
        side.sheets = [json.loads(answer)["checklist"]["links"]["self"] for answer in answers]
    return [_reading(side, path) for path in islice(cycle(side.sheets), number)]


def _reading(side: Side, path: str) -> Request:
    headers = {"Authorization": f"Bearer {side.keys.ehr}", "Accept": "application/json"}
    return Request("GET", path, headers, None, 200)


def check_same_work(service: Side, floor: Side) -> None:
    """Post one form and read its sheet on both. Raises DifferentError and WrongAnswerError."""
    body = orjson.dumps(form())
    receipts, sheets = [], []
    for side in (service, floor):
        receipt = side.ask(_intake(side, body, "the same work")).decode()
        sheet = side.ask(_reading(side, json.loads(receipt)["checklist"]["links"]["self"])).decode()
        check_digests(sheet)
        receipts.append(receipt)
        sheets.append(sheet)
    check_same("receipt", *receipts)
    check_same("checklist", *sheets)
    check_same_rows(rows_of(service.database_url), rows_of(floor.database_url))
