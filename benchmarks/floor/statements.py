"""Every statement of the floor, with ``?`` for a value."""


def _insert(table: str, *columns: str) -> str:
    places = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608 -- fixed names


_ATTRIBUTION = (
    *("informant_kind", "informant_name", "collection_mode"),
    *("recorder_kind", "recorder_id", "recorder_name", "recorded_at"),
)
_OF_CLAIM = "clinic_id = ? AND client_id = ? AND method = 'POST' AND path = '/v1/intake' AND key = ?"

FIND_KEY = (
    "SELECT k.clinic_id, k.id, k.name, k.role, c.paper, c.time_zone FROM api_keys k "
    "JOIN clinics c ON c.id = k.clinic_id "
    "WHERE k.secret_sha256 = ? AND (k.revoked_at IS NULL OR k.revoked_at > ?)"
)
FIND_RECORD = (
    "SELECT body_sha256, status, body FROM idempotency_records "  # noqa: S608 -- fixed names
    f"WHERE {_OF_CLAIM} AND claimed_at >= ?"
)
DROP_RECORDS = "DELETE FROM idempotency_records WHERE clinic_id = ? AND claimed_at < ?"
KEEP_RECORD = _insert(
    "idempotency_records",
    *("clinic_id", "client_id", "method", "path", "key", "body_sha256", "claimed_at"),
    *("status", "headers", "body"),
)
FIND_PATIENT = "SELECT patient_id FROM patient_identifiers WHERE clinic_id = ? AND system = ? AND value = ?"
LATEST_GUIDANCE = (
    "SELECT version, act FROM guidance_publications WHERE clinic_id = ? AND treatment_id = ? "
    "ORDER BY at DESC, id DESC LIMIT 1"
)
LOAD_GUIDANCE = "SELECT body FROM guidance_versions WHERE clinic_id = ? AND treatment_id = ? AND version = ?"
INSERT_PATIENT = _insert(
    "patients",
    *("clinic_id", "id", "name", "birth_date", "language", "print_size"),
    *("list_version", "created_at", "updated_at"),
)
INSERT_IDENTIFIER = _insert("patient_identifiers", "clinic_id", "system", "value", "patient_id", "position")
INSERT_NAME_WORD = _insert("patient_name_words", "clinic_id", "word", "patient_id")
INSERT_VERSION = _insert("list_versions", "clinic_id", "patient_id", "version", *_ATTRIBUTION, "answers")
FACTS = (
    *("name", "description", "category", "status", "strength", "form", "dosage_text", "route", "frequency"),
    *("as_needed", "reason", "last_taken", "started_on", "stopped_on", "prescriber", "note", "codings"),
)
INSERT_ITEM = _insert(
    "list_items", "clinic_id", "patient_id", "version", *_ATTRIBUTION, "position", "item_id", *FACTS
)
INSERT_CHECKLIST = _insert(
    "checklists",
    *("clinic_id", "id", "patient_id", "code", "treatment_id", "guidance_version", "list_version"),
    *("planned_start", "language", "paper", "print_size", "time_zone", "issued_at"),
    *("issued_by_kind", "issued_by_id", "issued_by_name", "content_digest", "document_text"),
)
INSERT_EVENT = _insert(
    "audit_events",
    *("clinic_id", "id", "at", "actor_kind", "actor_id", "actor_name", "actor_role", "action", "outcome"),
    *("request_id", "patient_id", "subject", "details", "sequence", "mac_key", "mac"),
)
TAKE_CHAIN = "SELECT length, mac FROM audit_chains WHERE clinic_id = ?"
MOVE_CHAIN = "UPDATE audit_chains SET length = ?, mac = ? WHERE clinic_id = ?"
LOAD_CHECKLIST = (
    "SELECT c.patient_id, c.treatment_id, c.guidance_version, c.list_version, p.list_version, "
    "c.document_text, w.reason, g.version, g.act, g.at "
    "FROM checklists c "
    "JOIN patients p ON p.clinic_id = c.clinic_id AND p.id = c.patient_id "
    "LEFT JOIN checklist_withdrawals w ON w.clinic_id = c.clinic_id AND w.checklist_id = c.id "
    "JOIN guidance_publications g ON g.clinic_id = c.clinic_id AND g.id = (SELECT a.id "
    "FROM guidance_publications a WHERE a.clinic_id = c.clinic_id AND a.treatment_id = c.treatment_id "
    "ORDER BY a.at DESC, a.id DESC LIMIT 1) "
    "WHERE c.clinic_id = ? AND c.id = ?"
)
LIST_SIGN_OFFS = (
    "SELECT s.*, w.reason FROM sign_offs s "
    "LEFT JOIN sign_off_withdrawals w ON w.clinic_id = s.clinic_id AND w.sign_off_id = s.id "
    "WHERE s.clinic_id = ? AND s.patient_id = ? AND s.treatment_id = ? ORDER BY s.id"
)
LIST_MARKS = (
    "SELECT * FROM line_marks WHERE clinic_id = ? AND patient_id = ? AND treatment_id = ? ORDER BY id"
)
