"""A filled-in form from an EHR: what it says is kept as any intake is."""

from uuid import UUID

from service.actions.intake import Intake, IntakeReceipt, submit_intake
from service.actions.medications import known_list
from service.actions.patients import PostedPatient, known_patient
from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.audit.events import AuditAction
from service.domain.errors import Fault, RefusedError
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Identifier
from service.formats.fhir.reading.responses import SentResponse
from service.formats.findings import Whose
from service.store import patients as patient_store


def submit_response(work: Work, sent: SentResponse) -> IntakeReceipt:
    """Keep the answers as the next version of the list; see ``intake.submit_intake``.

    A patient who is named by an identifier is found or created, one who is named by our own id has to be on
    file. Raises RefusedError, whose pointers are those of a posted list, and what an intake raises.
    """
    work.require(Permission.SUBMIT_INTAKE)
    patient = PostedPatient(_identifier(work, sent.whose), sent.patient_name)
    return submit_intake(work, Intake(patient, sent.whole, sent.informant, sent.collection_mode))


def get_answers(work: Work, patient_id: UUID, version: int) -> MedicationList:
    """The version of the list that a response stands for. Raises NotFoundError."""
    work.require(Permission.READ_LISTS)
    known_patient(work, patient_id)
    found = known_list(work, patient_id, version)
    work.record(AuditAction.READ_LIST, patient_id=patient_id, details={"version": str(version)})
    return found


def _identifier(work: Work, whose: Whose) -> Identifier:
    """What the patient is known by: our own id, where it is one, before an identifier."""
    if whose.patient_id is not None:
        on_file = patient_store.load_patient(work.connection, work.clinic_id, whose.patient_id)
        if on_file is not None:
            return on_file.identifiers[0]
    if whose.identifier is not None:
        return whose.identifier
    detail = "The subject is no patient of this clinic. Name the patient by an identifier."
    raise RefusedError(Fault("/patient", "unknown_patient", detail))
