"""The demo's made-up patients: their lists, their sheets, and one sheet that is signed."""

import json
from datetime import date, timedelta
from typing import Any

from service.actions.checklists import IssuedChecklist
from service.actions.clock import utc_now
from service.actions.intake import submit_intake
from service.actions.performing import perform
from service.actions.sessions import log_in, log_out
from service.actions.sign_offs import sign_section
from service.actions.work import Work
from service.cli.demo.clinic import demo_door
from service.cli.demo.environment import VAR
from service.cli.seed import seed_folder
from service.domain.audit.chain import AuditKeys
from service.domain.checklists.sign_offs import SIGNED_SECTIONS, Signature, SignerRole, digests_of
from service.domain.checklists.state import state_document
from service.formats.printout import sheet_pdf
from service.store.database import Database
from service.web.schemas.intake import IntakeSchema

SHEETS = VAR / "sheets"
_SIGNED = "patient-12.json"


def tomorrow() -> date:
    """The day that the worklist opens with, in the demo clinic's time zone."""
    return (utc_now() + timedelta(days=1)).date()


def add_patients(database: Database, audit_keys: AuditKeys, kept: dict[str, str]) -> None:
    """Post each made-up patient as the intake form would, for a treatment that starts tomorrow.

    A file that ends in ``.later.json`` is what the same patient said later. One patient's sheet is signed.
    """
    door = demo_door(database, audit_keys, kept["INTAKE_KEY"])
    planned_start = tomorrow().isoformat()
    SHEETS.mkdir(exist_ok=True)
    for path in sorted((seed_folder() / "demo").glob("patient-*.json")):
        posted: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if "treatment" in posted:
            posted["treatment"]["planned_start"] = planned_start
        intake = IntakeSchema().load(posted)
        receipt = perform(door, lambda work, intake=intake: submit_intake(work, intake))  # type: ignore[misc]
        if receipt.checklist is not None:
            (SHEETS / f"{path.stem}.pdf").write_bytes(_pdf(receipt.checklist))
            if path.name == _SIGNED:
                _sign(database, audit_keys, kept, receipt.checklist)


def _sign(database: Database, audit_keys: AuditKeys, kept: dict[str, str], issued: IssuedChecklist) -> None:
    """Sign every section of a sheet as the nurse, one by one."""
    session = log_in(database, kept["NURSE_LOGIN"], kept["NURSE_PASSWORD"], utc_now())
    door = demo_door(database, audit_keys, session.token)

    def sign(work: Work) -> None:
        for section, digest in digests_of(issued.document).items():
            if section in SIGNED_SECTIONS:
                signature = Signature(SignerRole.NURSE, work.actor.name, digest)
                sign_section(work, issued.id, section.value, signature)

    perform(door, sign)
    log_out(database, session.token)


def _pdf(issued: IssuedChecklist) -> bytes:
    return sheet_pdf(issued.document, state_document(issued.state, issued.words), issued.words)
