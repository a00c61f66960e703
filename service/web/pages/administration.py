"""The clinic's settings, and the record of who did what: the administrator's pages."""

from uuid import UUID
from zoneinfo import available_timezones

from flask import Response, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from service.actions import audit as audit_actions
from service.actions.clinics import change_settings
from service.domain.access.clinics import Clinic, ItemExport, NoneExport
from service.domain.access.permissions import Permission
from service.domain.medications.categories import Category
from service.domain.patients.patients import Paper
from service.formats.fhir.writing.items import RESOURCE_TYPES
from service.web.current import house, run
from service.web.pages.blueprint import Pages, page_needs
from service.web.pages.rendering import render, say
from service.web.pages.typed import Typed, load, typed_now
from service.web.schemas.access import SettingsSchema

pages = Pages("administration", __name__, url_prefix="/administration")
_EVENTS = 50
# What a resource of FHIR and a paper are called in every language.
_RESOURCES = tuple((style.value, RESOURCE_TYPES[style]) for style in ItemExport)
_PAPERS = ((Paper.A4.value, "A4"), (Paper.LETTER.value, "Letter"))


@pages.get("")
@page_needs(Permission.MANAGE_CLINIC)
def get_settings() -> Response:
    """The settings as they are."""
    return _settings(_typed(g.clinic))


@pages.post("")
@page_needs(Permission.MANAGE_CLINIC)
def post_settings() -> AnyResponse:
    """Replace the settings."""
    changes, typed = load(SettingsSchema, typed_now())
    if changes is None:
        return _settings(typed, 422)
    run(lambda work: change_settings(work, changes))
    say("settings_page.saved")
    return redirect(url_for("pages_administration.get_settings"), 303)


@pages.get("/audit")
@page_needs(Permission.READ_AUDIT)
def get_audit() -> Response:
    """Who did what, newest first; of one patient, where one is named."""
    typed = Typed(request.args.to_dict())
    patient_id, before = _id(typed.value("patient_id")), _id(typed.value("before"))
    page = run(lambda work: audit_actions.list_audit_events(work, patient_id, before, _EVENTS))
    return render(
        "administration_audit", page=page, typed=typed, did_key=lambda action: f"did.{action.value}"
    )


def _settings(typed: Typed, status: int = 200) -> Response:
    return render(
        "administration_settings",
        status,
        typed=typed,
        papers=_PAPERS,
        resources=_RESOURCES,
        none_exports=[(style.value, f"none_export.{style.value}") for style in NoneExport],
        zones=sorted(available_timezones()),
        categories=list(Category),
    )


def _typed(clinic: Clinic) -> Typed:
    """The form as the settings fill it: one tick box for each language and each category."""
    known = sorted(house().catalogues)
    ticked = {f"languages/{n}": tag for n, tag in enumerate(known) if tag in clinic.languages}
    ticked |= {f"prompts/{n}": c.value for n, c in enumerate(Category) if c in clinic.prompts}
    return Typed(
        {
            "language": clinic.language,
            "paper": clinic.paper.value,
            "time_zone": clinic.time_zone,
            "item_export": clinic.item_export.value,
            "none_export": clinic.none_export.value,
            **ticked,
        }
    )


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
