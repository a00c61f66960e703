"""The words of the patient page: the list with its gaps, changes of it, the patient's own data, history."""

from collections.abc import Mapping

PATIENT_PAGE: Mapping[str, str] = {
    # The person, at the top of every page.
    "patient_page.born": "Born",
    "patient_page.language": "Language",
    "patient_page.print_size": "Print size",
    "patient_page.not_on_record": "Not on record",
    "print_size.standard": "Standard",
    "print_size.large": "Large",
    # The list.
    "patient_page.list": "Medication list",
    "patient_page.version": "List version {version}",
    "patient_page.answer_yes": "The answer was “yes”.",
    "patient_page.stopped": "Reported as stopped",
    "patient_page.in_error": "Entered in error",
    "patient_page.error_reason": "Reason",
    "patient_page.left_out": "Not on the list since version {version}",
}
