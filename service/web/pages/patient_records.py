"""A patient's own data: name, date of birth, language and print size, changed by a form."""

from uuid import UUID

from flask import Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from service.actions import patients as actions
from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.errors import RefusedError, StaleVersionError
from service.domain.patients.patients import Patient, PrintSize, patient_document, version_of
from service.web.current import house, run
from service.web.pages.blueprint import Pages, page_needs
from service.web.pages.changing import MADE_FROM
from service.web.pages.charts import language_name, print_size_name, render_of_patient
from service.web.pages.once import run_form_once
from service.web.pages.rendering import page_words, say
from service.web.pages.typed import Typed, load, typed_from, typed_now
from service.web.schemas.patients import PatientChangesSchema

pages = Pages("patient_records", __name__, url_prefix="/patients")
_FIELDS = ("name", "birth_date", "language", "print_size")


@pages.get("/<uuid:patient_id>/record")
@page_needs(Permission.WRITE_PATIENTS)
def get_record(patient_id: UUID) -> Response:
    """The form with what is on record."""
    patient = run(lambda work: actions.get_patient(work, patient_id))
    on_record = {name: value for name, value in patient_document(patient).items() if name in _FIELDS}
    typed = Typed({**typed_from(on_record).values, MADE_FROM: version_of(patient)})
    return _record(patient, typed, 200)


@pages.post("/<uuid:patient_id>/record")
@page_needs(Permission.WRITE_PATIENTS)
def post_record(patient_id: UUID) -> AnyResponse:
    """Change what is on record. A field that was emptied takes its fact away."""

    def again(typed: Typed, status: int) -> Response:
        return _record(run(lambda work: actions.get_patient(work, patient_id)), typed, status)

    typed = typed_now()
    emptied = {name: None for name in _FIELDS if name in typed.values and not typed.value(name).strip()}
    sent, typed = load(PatientChangesSchema, typed, **emptied)
    if sent is None:
        return again(typed, 422)

    def act(work: Work) -> str:
        actions.change_patient(work, patient_id, sent, made_from=typed.value(MADE_FROM))
        return url_for("pages_patients.get_patient", patient_id=patient_id)

    try:
        led = run_form_once(act)
    except StaleVersionError as error:
        return again(Typed({**typed.values, MADE_FROM: str(error.latest)}), 412)
    except RefusedError as error:
        return again(typed.with_faults(error.faults), 422)
    say("patient_form.kept")
    return led


def _record(patient: Patient, typed: Typed, status: int) -> Response:
    return render_of_patient(
        "patient_record",
        status,
        patient,
        typed=typed,
        stale=status == 412,  # noqa: PLR2004 -- the status itself
        made_from=MADE_FROM,
        **record_choices(typed),
    )


def record_choices(typed: Typed) -> dict[str, list[tuple[str, str]]]:
    """Languages by their own names, also one that this service has no words in; and the print sizes."""
    words = page_words()
    nothing = ("", words.text("patient_form.not_said"))
    tags = sorted({*house().catalogues, *filter(None, [typed.value("language")])})
    return {
        "language_choices": [nothing, *((tag, language_name(tag)) for tag in tags)],
        "size_choices": [nothing, *((size.value, print_size_name(size, words)) for size in PrintSize)],
    }
