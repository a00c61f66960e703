"""The demo's clinic, with its keys, its staff and its guidance."""

import click

from service.actions.clock import utc_now
from service.actions.credentials import add_staff, authenticate, create_key
from service.actions.door import Door
from service.actions.guidance import publish_shipped_guidance
from service.actions.performing import perform
from service.actions.work import new_id
from service.cli.demo.environment import FILE, KEYS, STAFF
from service.cli.seed import seed_folder
from service.domain.access.clinics import Clinic
from service.domain.audit.chain import AuditKeys
from service.formats.catalogue_files import shipped_catalogues
from service.formats.guidance_file.reading import read_guidance
from service.store import clinics as clinic_store
from service.store.database import Database, Reach, reach_only

CLINIC = "Demo clinic"


def set_up_clinic(database: Database, audit_keys: AuditKeys, kept: dict[str, str]) -> bool:
    """Create the clinic with its keys, its staff and its guidance; False where it is there already.

    A database that holds other clinics and no demo is somebody's work, and is left as it is.
    """
    now = utc_now()
    with database.transaction(Reach.CREDENTIALS) as connection:
        if clinic_store.find_clinic_by_name(connection, CLINIC) is not None:
            return False
        if clinic_store.list_clinics(connection):
            raise click.ClickException(
                "The database holds clinics that are no demo's. Start the demo in another folder, "
                "or with a DATABASE_URL of its own."
            )
        clinic = Clinic(new_id(now), CLINIC)
        reach_only(connection, clinic.id)
        clinic_store.insert_clinic(connection, clinic, now)
        for variable, role, name in KEYS:
            create_key(connection, clinic.id, role, name, now, kept[variable])
        for person, _, role, name in STAFF:
            login, password = kept[f"{person}_LOGIN"], kept[f"{person}_PASSWORD"]
            add_staff(connection, clinic.id, role, login, name, password, now)
    guidance = read_guidance((seed_folder() / "guidance" / "sorafenib.toml").read_text("utf-8"))
    door = demo_door(database, audit_keys, kept["ADMIN_KEY"])
    perform(door, lambda work: publish_shipped_guidance(work, guidance))
    return True


def demo_door(database: Database, audit_keys: AuditKeys, key: str) -> Door:
    """The door of whoever holds a key or a session of the demo's."""
    actor = authenticate(database, key, utc_now())
    if actor is None:
        raise click.ClickException(
            f"{FILE} holds keys that the database does not know. Remove {FILE.parent}/ to begin anew."
        )
    return Door(database, audit_keys, utc_now, actor, "demo", shipped_catalogues())
