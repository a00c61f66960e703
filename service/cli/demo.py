"""``demo``: a clinic with made-up patients, its keys and log-in kept over restarts, and the server."""

import json
import os
import secrets
import shlex
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

import service
from service.actions.checklists import IssuedChecklist
from service.actions.clock import utc_now
from service.actions.credentials import KEY_PREFIX, add_staff, authenticate, create_key, log_in, log_out
from service.actions.guidance import publish_shipped_guidance
from service.actions.intake import submit_intake
from service.actions.sign_offs import sign_section
from service.actions.work import Door, Work, new_id, perform
from service.cli.demo_client import kept_client, set_up_client
from service.cli.serving import SECRETS, settings_or_exit
from service.config import PREFIX
from service.domain.access.clinics import Clinic
from service.domain.access.permissions import Role
from service.domain.audit.chain import AuditKeys
from service.domain.checklists.sign_offs import SIGNED_SECTIONS, Signature, SignerRole, digests_of
from service.domain.checklists.state import state_document
from service.formats.catalogue_files import shipped_catalogues
from service.formats.guidance_file import read_guidance
from service.formats.printout import sheet_pdf
from service.store import clinics as clinic_store
from service.store.database import Database, Reach, reach_only
from service.store.database.migrations import migrate
from service.web.schemas.intake import IntakeSchema

CLINIC = "Demo clinic"
VAR = Path("var")
_SIGNED = "patient-12.json"
_KEYS = (
    ("INTAKE_KEY", Role.INTAKE, "Intake form"),
    ("EHR_KEY", Role.EHR, "Demo EHR"),
    ("ADMIN_KEY", Role.ADMINISTRATOR, "Demo administrator"),
)
_STAFF = (
    ("NURSE", "nurse.01", Role.NURSE, "Test Nurse 01"),
    ("ADMIN", "administrator.01", Role.ADMINISTRATOR, "Test Administrator 01"),
)


def seed_folder() -> Path:
    """The seed data: inside an installed package, or beside it in a checkout."""
    package = Path(service.__file__).parent
    installed = package / "_seed"
    return installed if installed.is_dir() else package.parent / "seed"


@click.command()
def demo() -> None:
    """Set up a demo clinic with made-up patients, say how to use it, and serve it.

    Runs again without harm: what is there is kept, and so are the keys in var/demo.env.

    \b
    Example:
      PORT=8080 medication-checklist demo
    """
    VAR.mkdir(exist_ok=True)
    kept = _kept_environment()
    if os.environ.setdefault(PREFIX + "MODE", "demo") == "demo":
        os.environ.setdefault(PREFIX + "OPEN_HOOKS_CLINIC", CLINIC)
    for name in SECRETS:
        os.environ.setdefault(PREFIX + name, kept[name])
    if os.environ[PREFIX + "MODE"] == "demo":
        os.environ.setdefault(PREFIX + "OPEN_HOOKS_CLINIC", CLINIC)
    settings = settings_or_exit()
    kept["BASE_URL"] = f"http://{settings.host}:{settings.port}"
    _write_environment(kept)
    migrate(settings.database_url)
    database, audit_keys = Database(settings.database_url), AuditKeys(settings.audit_keys)
    try:
        if set_up_clinic(database, audit_keys, kept):
            _add_patients(database, audit_keys, kept)
        set_up_client(database, CLINIC, kept)
    finally:
        database.dispose()
    click.echo(_instructions(kept))
    # A process anew: the threads that set the sheets would not be there in the server's forked worker.
    os.execv(sys.executable, [sys.executable, "-m", "service.cli", "serve"])  # noqa: S606 -- our own command


def _kept_environment() -> dict[str, str]:
    """What var/demo.env holds from an earlier start, and new secrets for what it lacks."""
    path = VAR / "demo.env"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    kept = dict(shlex.split(line)[0].split("=", 1) for line in lines if "=" in line)
    for name, _, _ in _KEYS:
        kept.setdefault(name, KEY_PREFIX + secrets.token_urlsafe(32))
    for person, login, _, _ in _STAFF:
        kept.setdefault(f"{person}_LOGIN", login)
        kept.setdefault(f"{person}_PASSWORD", secrets.token_urlsafe(15))
    for name in SECRETS:
        kept.setdefault(name, secrets.token_urlsafe(48))
    kept_client(VAR, kept)
    return kept


def _write_environment(kept: dict[str, str]) -> None:
    path = VAR / "demo.env"
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text("".join(f"{name}={shlex.quote(value)}\n" for name, value in kept.items()), "utf-8")


def set_up_clinic(database: Database, audit_keys: AuditKeys, kept: dict[str, str]) -> bool:
    """Create the clinic with its keys, its staff and its guidance; False where it is there already."""
    now = utc_now()
    with database.transaction(Reach.CREDENTIALS) as connection:
        if clinic_store.find_clinic_by_name(connection, CLINIC) is not None:
            return False
        clinic = Clinic(new_id(now), CLINIC)
        reach_only(connection, clinic.id)
        clinic_store.insert_clinic(connection, clinic, now)
        for variable, role, name in _KEYS:
            create_key(connection, clinic.id, role, name, now, kept[variable])
        for person, _, role, name in _STAFF:
            login, password = kept[f"{person}_LOGIN"], kept[f"{person}_PASSWORD"]
            add_staff(connection, clinic.id, role, login, name, password, now)
    guidance = read_guidance((seed_folder() / "guidance" / "sorafenib.toml").read_text("utf-8"))
    door = _door(database, audit_keys, kept["ADMIN_KEY"])
    perform(door, lambda work: publish_shipped_guidance(work, guidance))
    return True


def _add_patients(database: Database, audit_keys: AuditKeys, kept: dict[str, str]) -> None:
    """Post each made-up patient as the intake form would, for a treatment that starts tomorrow.

    A file that ends in ``.later.json`` is what the same patient said later. One patient's sheet is signed.
    """
    door = _door(database, audit_keys, kept["INTAKE_KEY"])
    tomorrow = (utc_now() + timedelta(days=1)).date().isoformat()
    sheets = VAR / "sheets"
    sheets.mkdir(exist_ok=True)
    for path in sorted((seed_folder() / "demo").glob("patient-*.json")):
        posted: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if "treatment" in posted:
            posted["treatment"]["planned_start"] = tomorrow
        intake = IntakeSchema().load(posted)
        receipt = perform(door, lambda work, intake=intake: submit_intake(work, intake))  # type: ignore[misc]
        if receipt.checklist is not None:
            (sheets / f"{path.stem}.pdf").write_bytes(_pdf(receipt.checklist))
            if path.name == _SIGNED:
                _sign(database, audit_keys, kept, receipt.checklist)


def _sign(database: Database, audit_keys: AuditKeys, kept: dict[str, str], issued: IssuedChecklist) -> None:
    """Sign every section of a sheet as the nurse, one by one."""
    session = log_in(database, kept["NURSE_LOGIN"], kept["NURSE_PASSWORD"], utc_now())
    door = _door(database, audit_keys, session.token)

    def sign(work: Work) -> None:
        for section, digest in digests_of(issued.document).items():
            if section in SIGNED_SECTIONS:
                signature = Signature(SignerRole.NURSE, work.actor.name, digest)
                sign_section(work, issued.id, section.value, signature)

    perform(door, sign)
    log_out(database, session.token)


def _pdf(issued: IssuedChecklist) -> bytes:
    return sheet_pdf(issued.document, state_document(issued.state, issued.words), issued.words)


def _door(database: Database, audit_keys: AuditKeys, key: str) -> Door:
    actor = authenticate(database, key, utc_now())
    if actor is None:
        raise click.ClickException(
            "var/demo.env holds keys that the database does not know. Remove var/ to begin anew."
        )
    return Door(database, audit_keys, utc_now, actor, "demo", shipped_catalogues())


def _instructions(kept: dict[str, str]) -> str:
    return f"""
The demo clinic is served at {kept["BASE_URL"]} (made-up data only).

  Pages for staff   {kept["BASE_URL"]}/   (tomorrow's worklist, with the log-ins below)
  API description   {kept["BASE_URL"]}/docs
  Sheets to print   {VAR / "sheets"}/   (Test Patient 01 to 03: 0, 3 and 25 items; 11 to 15)
  Intake key        {kept["INTAKE_KEY"]}
  EHR key           {kept["EHR_KEY"]}
  Administrator key {kept["ADMIN_KEY"]}
  EHR's client id   {kept["SMART_CLIENT_ID"]}   private key {VAR / "smart-private.jwks.json"}
  Nurse's log-in    {kept["NURSE_LOGIN"]}   password {kept["NURSE_PASSWORD"]}
  Administrator's   {kept["ADMIN_LOGIN"]}   password {kept["ADMIN_PASSWORD"]}
  All of these      {VAR / "demo.env"}

Post a list and download its checklist: paste this into another terminal, in this folder.

{CURL}
Stop with Ctrl-C.
"""


CURL = """\
. var/demo.env
curl -sS -w '\\n%{http_code}\\n' "$BASE_URL/v1/intake" \\
  -H "Authorization: Bearer $INTAKE_KEY" -H 'Content-Type: application/json' \\
  -d '{"patient": {"identifier": {"system": "urn:clinic:mrn", "value": "000123"},
        "name": "Test Patient 04", "birth_date": "1961-04-02"},
       "informant": {"kind": "patient"}, "collection_mode": "self",
       "categories": {"over_the_counter": {"answer": "none_reported"}},
       "items": [{"category": "prescription", "name": "Lisinopril", "strength": "10 mg",
                  "dosage_text": "one tablet in the morning"}],
       "treatment": {"id": "sorafenib", "planned_start": "2026-12-01"}}' | tee var/receipt.json
curl -fsS -o checklist.pdf -H "Authorization: Bearer $EHR_KEY" \\
  "$BASE_URL$(grep -o '/v1/checklists/[^"]*\\.pdf' var/receipt.json)"
"""
