"""Take one intake form: patient, list, checklist, audit events and the kept reply, in one durable commit."""

import hashlib
import unicodedata
from datetime import timedelta
from typing import Any

import orjson

from benchmarks.floor import ids, statements
from benchmarks.floor.asking import Answer, Asked, links
from benchmarks.floor.chain import Event, record
from benchmarks.floor.document import Issue, checklist_document
from benchmarks.floor.guidance import FixedParts, fixed_parts
from benchmarks.floor.shape import CATEGORIES, Json, RefusedError, read_intake

_KEPT = timedelta(hours=24)
_REPLY_HEADERS = '[["Content-Type", "application/json"]]'


def take_intake(asked: Asked, body: bytes, key: str | None) -> Answer:
    """Keep the form once for its key. A patient who is on file is not the floor's work: 501."""
    if key is not None and not (1 <= len(key) <= 255 and key.isascii() and key.isprintable()):
        return 422, b""
    try:
        intake = read_intake(body)
    except RefusedError:
        return 422, b""
    body_sha256 = hashlib.sha256(body).hexdigest() if key else ""
    try:
        return _take(asked, intake, key, body_sha256)
    except asked.database.Conflict:
        # Another post of the same key or patient was faster, and is committed by now.
        return _take(asked, intake, key, body_sha256)


def _take(asked: Asked, intake: Json, key: str | None, body_sha256: str) -> Answer:
    database, caller = asked.database, asked.caller
    oldest = database.instant(asked.now - _KEPT)
    with database.transaction() as cursor:
        if key is not None:
            claim = (caller.clinic, caller.id, key, oldest)
            row = cursor.execute(database.sql(statements.FIND_RECORD), claim).fetchone()
            if row is not None:
                return (row[1], bytes(row[2])) if row[0] == body_sha256 else (422, b"")
            cursor.execute(database.sql(statements.DROP_RECORDS), (caller.clinic, oldest))
        keeping = _Keeping(asked, cursor, intake)
        reply = keeping.keep()
        if key is not None and reply[0] == 201:
            scope = (caller.clinic, caller.id, "POST", "/v1/intake", key, body_sha256)
            kept = (*scope, database.instant(asked.now), reply[0], _REPLY_HEADERS, reply[1])
            cursor.execute(database.sql(statements.KEEP_RECORD), kept)
        if reply[0] == 201:
            record(asked, cursor, *keeping.events())
        return reply


def sought_words(name: str) -> list[str]:
    """The words of a name without capitals and accents."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    return sorted(set("".join(sign if sign.isalnum() else " " for sign in plain.casefold()).split()))


class _Keeping:
    """One form on its way into the tables."""

    def __init__(self, asked: Asked, cursor: Any, intake: Json) -> None:
        self.asked = asked
        self.cursor = cursor
        self.intake = intake
        self.subject = ""
        self.clinic = asked.caller.clinic
        self.patient_id = ids.new_id(asked.now)
        self.patient = asked.database.identity(self.patient_id)
        self.at = asked.database.instant(asked.now)
        caller_id = asked.database.text(asked.caller.id)
        self.recorder = {"kind": "system", "id": caller_id, "name": asked.caller.name}
        informant = intake["informant"] or {"kind": None, "name": None}
        said = (informant["kind"], informant["name"], intake["collection_mode"])
        self.attribution = (*said, *self.recorder.values())

    def run(self, statement: str, values: tuple[Any, ...]) -> Any:
        return self.cursor.execute(self.asked.database.sql(statement), values)

    def keep(self) -> Answer:
        identifier = self.intake["patient"]["identifier"]
        named = (self.clinic, identifier["system"], identifier["value"])
        if self.run(statements.FIND_PATIENT, named).fetchone():
            return 501, b""
        parts = self.guidance()
        if parts is None:
            return 422, b""
        self.keep_patient(named)
        self.keep_list()
        return self.issue(parts)

    def guidance(self) -> FixedParts | None:
        of_treatment = (self.clinic, self.intake["treatment"]["id"])
        row = self.run(statements.LATEST_GUIDANCE, of_treatment).fetchone()
        if row is None or row[1] != "publish":
            return None
        version = (*of_treatment, row[0])
        if version not in self.asked.guidance:
            body = self.run(statements.LOAD_GUIDANCE, version).fetchone()[0]
            self.asked.guidance[version] = fixed_parts(row[0], body)
        return self.asked.guidance[version]

    def keep_patient(self, named: tuple[Any, ...]) -> None:
        sent = self.intake["patient"]
        facts = (sent["name"], sent["birth_date"], sent["language"], sent["print_size"])
        row = (self.clinic, self.patient, *facts, 1, self.at, self.at)
        self.run(statements.INSERT_PATIENT, row)
        self.run(statements.INSERT_IDENTIFIER, (*named, self.patient, 0))
        words = [(self.clinic, word, self.patient) for word in sought_words(sent["name"] or "")]
        if words:
            self.cursor.executemany(self.asked.database.sql(statements.INSERT_NAME_WORD), words)

    def keep_list(self) -> None:
        key = (self.clinic, self.patient, 1, *self.attribution, self.at)
        self.run(statements.INSERT_VERSION, (*key, self.answers()))
        rows = []
        for position, item in enumerate(self.intake["items"]):
            item["id"] = ids.new_id(self.asked.now)
            facts = [item[name] for name in statements.FACTS]
            if item["category"] == "uncategorized":
                facts[2] = None
            facts[-1] = orjson.dumps([[*coding.values()] for coding in item["codings"]]).decode()
            rows.append((*key, position, self.asked.database.identity(item["id"]), *facts))
        if rows:
            self.cursor.executemany(self.asked.database.sql(statements.INSERT_ITEM), rows)

    def answers(self) -> str:
        names = ("informant_kind", "informant_name", "collection_mode")
        recorder = ("recorder_kind", "recorder_id", "recorder_name", "recorded_at")
        values = (*self.attribution, self.asked.now.isoformat())
        given = dict(zip((*names, *recorder), values, strict=True))
        answers = self.intake["answers"]
        return orjson.dumps(
            {
                category: {
                    "answer": answers[category],
                    "attribution": None if answers[category] == "not_asked" else given,
                }
                for category in CATEGORIES
            }
        ).decode()

    def issue(self, parts: FixedParts) -> Answer:
        asked, intake, treatment = self.asked, self.intake, self.intake["treatment"]
        issue = Issue(
            checklist_id=ids.new_id(asked.now),
            code=ids.new_code(),
            patient_id=self.patient_id,
            intake=intake,
            recorder=self.recorder,
            at=asked.now.isoformat(),
            paper=treatment["paper"] or asked.caller.paper,
            print_size=treatment["print_size"] or intake["patient"]["print_size"] or "standard",
            time_zone=asked.caller.time_zone,
        )
        document, content_digest, gaps = checklist_document(issue, parts)
        checklist = asked.database.identity(issue.checklist_id)
        key = (self.clinic, checklist, self.patient, issue.code, treatment["id"], parts.version, 1)
        how = (treatment["planned_start"], "en", issue.paper, issue.print_size, issue.time_zone, self.at)
        row = (*key, *how, *self.recorder.values(), content_digest, document.decode())
        self.run(statements.INSERT_CHECKLIST, row)
        self.subject = f"checklist/{issue.checklist_id}"
        receipt = {
            "patient_id": self.patient_id,
            "medication_list": {"version": 1, "changed": True},
            "gaps": gaps,
            "checklist": {
                "id": issue.checklist_id,
                "code": ids.printed(issue.code),
                "status": "current",
                "links": links(issue.checklist_id),
            },
        }
        return 201, orjson.dumps(receipt)

    def events(self) -> list[Event]:
        """What is on record of the form, once it is issued."""
        version = {"version": "1"}
        items = {**version, "items": str(len(self.intake["items"]))}
        return [
            ("create_patient", self.patient, None, {}),
            ("issue_checklist", self.patient, self.subject, version),
            ("submit_intake", self.patient, None, items),
        ]
