"""The words of the page on which a patient is erased for good."""

from collections.abc import Mapping

ERASING: Mapping[str, str] = {
    "erase_page.link": "Erase this patient for good",
    "erase_page.title": "Erase this patient for good?",
    "erase_page.never_back": (
        "What is erased cannot be had back. If the patient wants it, give it to them first."
    ),
    "erase_page.goes": "What goes",
    "erase_page.record": "The record: name, date of birth, language, print size and each identifier",
    "erase_page.versions": "Versions of the list: {count}, with items: {items}",
    "erase_page.sheets": "Sheets: {count}, with signatures: {signatures}, and marks: {marks}",
    "erase_page.forms": "Forms: {count}, and links to the form: {links}",
    "erase_page.stays": "What stays",
    "erase_page.trail": (
        "Who did what stays on record. It names the patient by a number that leads nowhere then, "
        "and holds nothing of the list."
    ),
    "erase_page.elsewhere": ("Backups, other systems, files and papers still have what was given to them."),
    "erase_page.why": "Why it is erased",
    "erasure_reason.patient_asked": "The patient asked for it",
    "erasure_reason.kept_long_enough": "It was kept for as long as the clinic keeps records",
    "erasure_reason.made_by_mistake": "There never was such a patient",
    "erase_page.confirm": "An identifier of this patient",
    "erase_page.confirm_hint": "Type it as it stands above.",
    "erase_page.erase": "Erase for good",
    "erase_page.erased": "The patient was erased.",
    "fault.not_this_patient": "This is not an identifier of this patient. Nothing was erased.",
}
