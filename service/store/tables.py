"""Every table, declared once. The migrations make them; a test holds both in step.

Every row carries its clinic. Keys start with the clinic where the id alone never names a row, so that a query
that forgets the clinic finds no index and a reference cannot cross from one clinic to another.
"""

from collections.abc import Iterable

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from service.domain.access.credentials import KEY_ROLES, STAFF_ROLES
from service.domain.access.permissions import ActorKind, Role
from service.domain.attribution import CollectionMode, InformantKind, RecorderKind
from service.domain.audit.events import AuditOutcome
from service.domain.checklists.marks import MarkWord
from service.domain.checklists.sign_offs import SignerRole
from service.domain.guidance.statements import PublicationAct
from service.domain.intake.forms import LINK_MODES
from service.domain.medications.categories import Category
from service.domain.medications.items import Status
from service.domain.patients.patients import Paper, PrintSize
from service.store.column_types import Identity, Instant

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

COUNTED = {"preserve_rowcount": True}
"""The execution option without which an INSERT's count of written rows is not to be relied on."""


def _one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in sorted(values))
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def _clinic() -> Column[object]:
    return Column("clinic_id", Identity, nullable=False)


def _of_clinic() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["clinic_id"], ["clinics.id"])


def _attribution() -> tuple[Column[object] | CheckConstraint, ...]:
    """Who said it, how, who recorded it and when; see ``domain.attribution``."""
    return (
        Column("informant_kind", Text),
        Column("informant_name", Text),
        Column("collection_mode", Text),
        Column("recorder_kind", Text, nullable=False),
        Column("recorder_id", Text, nullable=False),
        Column("recorder_name", Text, nullable=False),
        Column("recorded_at", Instant, nullable=False),
        _one_of("informant_kind", InformantKind),
        _one_of("collection_mode", CollectionMode),
        _one_of("recorder_kind", RecorderKind),
    )


def _by() -> tuple[Column[object] | CheckConstraint, ...]:
    """Who did it, and when."""
    return (
        Column("by_kind", Text, nullable=False),
        Column("by_id", Text, nullable=False),
        Column("by_name", Text, nullable=False),
        Column("at", Instant, nullable=False),
        _one_of("by_kind", RecorderKind),
    )


clinics = Table(
    "clinics",
    metadata,
    Column("id", Identity, nullable=False),
    Column("name", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("paper", Text, nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("languages", JSON, nullable=False, server_default='["en", "es"]'),
    Column(
        "prompts", JSON, nullable=False, server_default='["prescription", "over_the_counter", "supplement"]'
    ),
    Column("item_export", Text, nullable=False, server_default="medication_statement"),
    Column("none_export", Text, nullable=False, server_default="empty_reason"),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("name"),
    _one_of("paper", Paper),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", Identity, nullable=False),
    _clinic(),
    Column("role", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("secret_sha256", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("secret_sha256"),
    _of_clinic(),
    _one_of("role", KEY_ROLES),
    Index(None, "clinic_id"),
)

staff = Table(
    "staff",
    metadata,
    Column("id", Identity, nullable=False),
    _clinic(),
    Column("login", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("left_at", Instant),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("login"),
    UniqueConstraint("clinic_id", "id"),
    _of_clinic(),
    _one_of("role", STAFF_ROLES),
)

staff_sessions = Table(
    "staff_sessions",
    metadata,
    Column("id", Identity, nullable=False),
    _clinic(),
    Column("staff_id", Identity, nullable=False),
    Column("secret_sha256", Text, nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("used_at", Instant, nullable=False),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("secret_sha256"),
    ForeignKeyConstraint(["clinic_id", "staff_id"], ["staff.clinic_id", "staff.id"]),
    Index(None, "clinic_id", "staff_id"),
)

# An EHR's program with its public keys: found by its id, or by the issuer of a CDS Hooks request's token.
ehr_clients = Table(
    "ehr_clients",
    metadata,
    Column("id", Identity, nullable=False),
    _clinic(),
    Column("name", Text, nullable=False),
    Column("issuer", Text),
    Column("key_set_url", Text),
    Column("jwks", JSON, nullable=False),
    Column("scopes", JSON, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("clinic_id", "id"),
    _of_clinic(),
)
# An issuer is one clinic's client until that is revoked.
Index(
    "ix_ehr_clients_issuer",
    ehr_clients.c.issuer,
    unique=True,
    sqlite_where=ehr_clients.c.revoked_at.is_(None),
    postgresql_where=ehr_clients.c.revoked_at.is_(None),
)

client_tokens = Table(
    "client_tokens",
    metadata,
    _clinic(),
    Column("client_id", Identity, nullable=False),
    Column("secret_sha256", Text, nullable=False),
    Column("scopes", JSON, nullable=False),
    Column("expires_at", Instant, nullable=False),
    PrimaryKeyConstraint("secret_sha256"),
    ForeignKeyConstraint(["clinic_id", "client_id"], ["ehr_clients.clinic_id", "ehr_clients.id"]),
    Index(None, "clinic_id", "client_id"),
    Index(None, "expires_at"),
)

# A signed token's id, so that nobody can show the same token twice while it lives.
used_assertions = Table(
    "used_assertions",
    metadata,
    _clinic(),
    Column("client_id", Identity, nullable=False),
    Column("jti", Text, nullable=False),
    Column("expires_at", Instant, nullable=False),
    PrimaryKeyConstraint("clinic_id", "client_id", "jti"),
    ForeignKeyConstraint(["clinic_id", "client_id"], ["ehr_clients.clinic_id", "ehr_clients.id"]),
    Index(None, "expires_at"),
)

# A log-in that failed may be nobody's, so it has no clinic.
login_failures = Table(
    "login_failures",
    metadata,
    Column("login", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "login", "at"),
    Index(None, "at"),
)

# Whose count it is may be nobody's that is known, so it has no clinic: a client, or the digest of an address.
limit_counts = Table(
    "limit_counts",
    metadata,
    Column("who", Text, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("portions", Integer, nullable=False),
    Column("told", Boolean, nullable=False),
    PrimaryKeyConstraint("who", "ends_at"),
    Index(None, "ends_at"),
)

# list_version is the latest version of the patient's list, 0 before the first: the one place that decides
# which of two writers was first.
patients = Table(
    "patients",
    metadata,
    _clinic(),
    Column("id", Identity, nullable=False),
    Column("name", Text),
    Column("birth_date", Text),
    Column("language", Text),
    Column("print_size", Text),
    Column("list_version", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    PrimaryKeyConstraint("clinic_id", "id"),
    _of_clinic(),
    _one_of("print_size", PrintSize),
    CheckConstraint("list_version >= 0", name="list_version"),
)

# The reference waits for the commit: identifiers are claimed before the patient's row is written.
patient_identifiers = Table(
    "patient_identifiers",
    metadata,
    _clinic(),
    Column("system", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("patient_id", Identity, nullable=False),
    Column("position", Integer, nullable=False),
    PrimaryKeyConstraint("clinic_id", "system", "value"),
    UniqueConstraint("clinic_id", "patient_id", "system"),
    Index(None, "clinic_id", "value"),
    ForeignKeyConstraint(
        ["clinic_id", "patient_id"],
        ["patients.clinic_id", "patients.id"],
        deferrable=True,
        initially="DEFERRED",
    ),
)

# The words of a patient's name in the form in which they are sought, sorted by code point on both databases.
patient_name_words = Table(
    "patient_name_words",
    metadata,
    _clinic(),
    Column("word", Text().with_variant(Text(collation="C"), "postgresql"), nullable=False),
    Column("patient_id", Identity, nullable=False),
    PrimaryKeyConstraint("clinic_id", "word", "patient_id"),
    ForeignKeyConstraint(["clinic_id", "patient_id"], ["patients.clinic_id", "patients.id"]),
    # With the word, without which SQLite looks for the words of a patient among everybody's.
    Index(None, "clinic_id", "patient_id", "word"),
)

list_versions = Table(
    "list_versions",
    metadata,
    _clinic(),
    Column("patient_id", Identity, nullable=False),
    Column("version", Integer, nullable=False),
    *_attribution(),
    Column("answers", JSON, nullable=False),
    Column("reported_name", Text),
    PrimaryKeyConstraint("clinic_id", "patient_id", "version"),
    ForeignKeyConstraint(["clinic_id", "patient_id"], ["patients.clinic_id", "patients.id"]),
    CheckConstraint("version >= 1", name="version"),
)

list_items = Table(
    "list_items",
    metadata,
    _clinic(),
    Column("patient_id", Identity, nullable=False),
    Column("version", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("item_id", Identity, nullable=False),
    Column("name", Text),
    Column("description", Text),
    Column("category", Text),
    Column("status", Text, nullable=False),
    Column("strength", Text),
    Column("form", Text),
    Column("dosage_text", Text),
    Column("route", Text),
    Column("frequency", Text),
    Column("as_needed", Boolean),
    Column("reason", Text),
    Column("last_taken", Text),
    Column("started_on", Text),
    Column("stopped_on", Text),
    Column("prescriber", Text),
    Column("note", Text),
    Column("codings", JSON, nullable=False),
    *_attribution(),
    Column("left_out_since", Integer),
    Column("error_reason", Text),
    Column("origin", JSON(none_as_null=True)),
    PrimaryKeyConstraint("clinic_id", "patient_id", "version", "position"),
    ForeignKeyConstraint(
        ["clinic_id", "patient_id", "version"],
        ["list_versions.clinic_id", "list_versions.patient_id", "list_versions.version"],
    ),
    _one_of("category", Category),
    _one_of("status", Status),
    Index(None, "clinic_id", "item_id"),
)

guidance_versions = Table(
    "guidance_versions",
    metadata,
    _clinic(),
    Column("treatment_id", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("body", JSON, nullable=False),
    Column("published_at", Instant, nullable=False),
    Column("published_by", Text, nullable=False),
    PrimaryKeyConstraint("clinic_id", "treatment_id", "version"),
    _of_clinic(),
)

# What was done with versions, in order: the last row of a treatment says which is in use, or that none is.
guidance_publications = Table(
    "guidance_publications",
    metadata,
    _clinic(),
    Column("id", Identity, nullable=False),
    Column("treatment_id", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by_name", Text, nullable=False),
    PrimaryKeyConstraint("clinic_id", "id"),
    ForeignKeyConstraint(
        ["clinic_id", "treatment_id", "version"],
        ["guidance_versions.clinic_id", "guidance_versions.treatment_id", "guidance_versions.version"],
    ),
    _one_of("act", PublicationAct),
    Index(None, "clinic_id", "treatment_id", "at", "id"),
)

# The text of a clinic's own document, from which it drafts guidance.
source_documents = Table(
    "source_documents",
    metadata,
    _clinic(),
    Column("sha256", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("added_by", Text, nullable=False),
    PrimaryKeyConstraint("clinic_id", "sha256"),
    _of_clinic(),
)

# Guidance that somebody is still writing; revision decides which of two writers was first.
guidance_drafts = Table(
    "guidance_drafts",
    metadata,
    _clinic(),
    Column("id", Identity, nullable=False),
    Column("document_sha256", Text, nullable=False),
    Column("body", JSON, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("changed_by", Text, nullable=False),
    PrimaryKeyConstraint("clinic_id", "id"),
    ForeignKeyConstraint(
        ["clinic_id", "document_sha256"], ["source_documents.clinic_id", "source_documents.sha256"]
    ),
    CheckConstraint("revision >= 1", name="revision"),
)

# document_text is the issued sheet, byte for byte; the other columns only find it again.
checklists = Table(
    "checklists",
    metadata,
    _clinic(),
    Column("id", Identity, nullable=False),
    Column("patient_id", Identity, nullable=False),
    Column("code", Text, nullable=False),
    Column("treatment_id", Text, nullable=False),
    Column("guidance_version", Text, nullable=False),
    Column("list_version", Integer, nullable=False),
    Column("planned_start", Date),
    Column("language", Text, nullable=False),
    Column("paper", Text, nullable=False),
    Column("print_size", Text, nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("issued_by_kind", Text, nullable=False),
    Column("issued_by_id", Text, nullable=False),
    Column("issued_by_name", Text, nullable=False),
    Column("content_digest", Text, nullable=False),
    Column("document_text", Text, nullable=False),
    PrimaryKeyConstraint("clinic_id", "id"),
    UniqueConstraint("clinic_id", "code"),
    ForeignKeyConstraint(
        ["clinic_id", "patient_id", "list_version"],
        ["list_versions.clinic_id", "list_versions.patient_id", "list_versions.version"],
    ),
    ForeignKeyConstraint(
        ["clinic_id", "treatment_id", "guidance_version"],
        ["guidance_versions.clinic_id", "guidance_versions.treatment_id", "guidance_versions.version"],
    ),
    _one_of("paper", Paper),
    _one_of("print_size", PrintSize),
    _one_of("issued_by_kind", RecorderKind),
    Index(None, "clinic_id", "patient_id", "id"),
    Index(None, "clinic_id", "planned_start", "id"),
)

# The treatments of a sheet for several, each with its guidance; one for a single treatment has no rows here.
checklist_treatments = Table(
    "checklist_treatments",
    metadata,
    _clinic(),
    Column("checklist_id", Identity, nullable=False),
    Column("treatment_id", Text, nullable=False),
    Column("guidance_version", Text, nullable=False),
    PrimaryKeyConstraint("clinic_id", "checklist_id", "treatment_id"),
    ForeignKeyConstraint(["clinic_id", "checklist_id"], ["checklists.clinic_id", "checklists.id"]),
    ForeignKeyConstraint(
        ["clinic_id", "treatment_id", "guidance_version"],
        ["guidance_versions.clinic_id", "guidance_versions.treatment_id", "guidance_versions.version"],
    ),
)

checklist_withdrawals = Table(
    "checklist_withdrawals",
    metadata,
    _clinic(),
    Column("checklist_id", Identity, nullable=False),
    *_by(),
    Column("reason", Text, nullable=False),
    PrimaryKeyConstraint("clinic_id", "checklist_id"),
    ForeignKeyConstraint(["clinic_id", "checklist_id"], ["checklists.clinic_id", "checklists.id"]),
)

# patient_id and treatment_id repeat the checklist's: a signature holds on every sheet with the same content.
sign_offs = Table(
    "sign_offs",
    metadata,
    _clinic(),
    Column("id", Identity, nullable=False),
    Column("checklist_id", Identity, nullable=False),
    Column("patient_id", Identity, nullable=False),
    Column("treatment_id", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("content_digest", Text, nullable=False),
    Column("deferred_reason", Text),
    *_by(),
    PrimaryKeyConstraint("clinic_id", "id"),
    ForeignKeyConstraint(["clinic_id", "checklist_id"], ["checklists.clinic_id", "checklists.id"]),
    _one_of("role", SignerRole),
    Index(None, "clinic_id", "checklist_id"),
    Index(None, "clinic_id", "patient_id", "treatment_id", "id"),
)

sign_off_withdrawals = Table(
    "sign_off_withdrawals",
    metadata,
    _clinic(),
    Column("sign_off_id", Identity, nullable=False),
    *_by(),
    Column("reason", Text, nullable=False),
    PrimaryKeyConstraint("clinic_id", "sign_off_id"),
    ForeignKeyConstraint(["clinic_id", "sign_off_id"], ["sign_offs.clinic_id", "sign_offs.id"]),
)

# Every mark that was ever made; the latest of a line counts, and one without a word takes the earlier back.
line_marks = Table(
    "line_marks",
    metadata,
    _clinic(),
    Column("id", Identity, nullable=False),
    Column("checklist_id", Identity, nullable=False),
    Column("patient_id", Identity, nullable=False),
    Column("treatment_id", Text, nullable=False),
    Column("line_id", Text, nullable=False),
    Column("line_digest", Text, nullable=False),
    Column("mark", Text),
    Column("note", Text),
    *_by(),
    PrimaryKeyConstraint("clinic_id", "id"),
    ForeignKeyConstraint(["clinic_id", "checklist_id"], ["checklists.clinic_id", "checklists.id"]),
    _one_of("mark", MarkWord),
    Index(None, "clinic_id", "checklist_id"),
    Index(None, "clinic_id", "patient_id", "treatment_id", "id"),
)

# The link's secret is found before the clinic is known, as a key is.
intake_links = Table(
    "intake_links",
    metadata,
    _clinic(),
    Column("id", Identity, nullable=False),
    Column("patient_id", Identity, nullable=False),
    Column("secret_sha256", Text, nullable=False),
    Column("collection_mode", Text, nullable=False),
    *_by(),
    Column("expires_at", Instant, nullable=False),
    Column("opened_at", Instant),
    PrimaryKeyConstraint("clinic_id", "id"),
    UniqueConstraint("secret_sha256"),
    ForeignKeyConstraint(["clinic_id", "patient_id"], ["patients.clinic_id", "patients.id"]),
    _one_of("collection_mode", LINK_MODES),
    Index(None, "clinic_id", "patient_id", "id"),
)

# What is typed into a form until it is sent; a form of the desk has neither link nor secret.
intake_forms = Table(
    "intake_forms",
    metadata,
    _clinic(),
    Column("id", Identity, nullable=False),
    Column("patient_id", Identity, nullable=False),
    Column("link_id", Identity),
    Column("secret_sha256", Text),
    Column("opened_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("made_from", Integer, nullable=False),
    Column("draft", JSON, nullable=False),
    Column("sent_at", Instant),
    Column("sent_version", Integer),
    PrimaryKeyConstraint("clinic_id", "id"),
    UniqueConstraint("secret_sha256"),
    ForeignKeyConstraint(["clinic_id", "patient_id"], ["patients.clinic_id", "patients.id"]),
    ForeignKeyConstraint(["clinic_id", "link_id"], ["intake_links.clinic_id", "intake_links.id"]),
    Index(None, "clinic_id", "link_id"),
    Index(None, "clinic_id", "patient_id", "id"),
)
# Of forms that were never sent, those that are over are dropped.
Index(
    "ix_intake_forms_unsent",
    intake_forms.c.clinic_id,
    intake_forms.c.expires_at,
    sqlite_where=intake_forms.c.sent_at.is_(None),
    postgresql_where=intake_forms.c.sent_at.is_(None),
)

# What became of a card in the EHR, as the EHR tells it: accepted, or overridden with a reason.
card_feedback = Table(
    "card_feedback",
    metadata,
    _clinic(),
    Column("id", Identity, nullable=False),
    Column("client_id", Identity, nullable=False),
    Column("service", Text, nullable=False),
    Column("card", Identity, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("body", JSON, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("clinic_id", "id"),
    _of_clinic(),
    CheckConstraint("outcome IN ('accepted', 'overridden')", name="outcome"),
    Index(None, "clinic_id", "card"),
)

# status, headers and body are empty within the transaction that claimed the key, and once the patient was
# erased whom the reply was about.
idempotency_records = Table(
    "idempotency_records",
    metadata,
    _clinic(),
    Column("client_id", Identity, nullable=False),
    Column("method", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("body_sha256", Text, nullable=False),
    Column("claimed_at", Instant, nullable=False),
    Column("status", Integer),
    Column("headers", JSON(none_as_null=True)),
    Column("body", LargeBinary),
    PrimaryKeyConstraint("clinic_id", "client_id", "method", "path", "key"),
    _of_clinic(),
    Index(None, "clinic_id", "claimed_at"),
)

# No reference to patients: an event outlives what it speaks of. No list of actions either: they grow with
# the capabilities, and an event must never be what fails.
audit_events = Table(
    "audit_events",
    metadata,
    _clinic(),
    Column("id", Identity, nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor_kind", Text, nullable=False),
    Column("actor_id", Identity, nullable=False),
    Column("actor_name", Text, nullable=False),
    Column("actor_role", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("request_id", Text, nullable=False),
    Column("patient_id", Identity),
    Column("subject", Text),
    Column("details", JSON, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("mac_key", Text),
    Column("mac", Text),
    PrimaryKeyConstraint("clinic_id", "id"),
    UniqueConstraint("clinic_id", "sequence"),
    _of_clinic(),
    _one_of("actor_kind", ActorKind),
    _one_of("actor_role", Role),
    _one_of("outcome", AuditOutcome),
    Index(None, "clinic_id", "patient_id", "id"),
)

# Where each clinic's chain of events ends. Whoever adds to a chain holds its row until the commit.
audit_chains = Table(
    "audit_chains",
    metadata,
    _clinic(),
    Column("length", BigInteger, nullable=False),
    Column("mac", Text, nullable=False),
    PrimaryKeyConstraint("clinic_id"),
    _of_clinic(),
)
