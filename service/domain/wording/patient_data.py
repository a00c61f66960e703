"""The words of the file that a patient who asks for their data is given, and of the page that makes it."""

from collections.abc import Mapping

PATIENT_DATA: Mapping[str, str] = {
    # The file to read.
    "data.title": "What is on record of you",
    "data.clinic": "Clinic",
    "data.written": "Written",
    "data.on_record_since": "On record since",
    "data.contents": "Parts of this page",
    "data.list": "Your medication list now",
    "data.reported_name": "The list came in under another name: {name}.",
    "data.none_here": "Nothing is on record.",
    "data.no_longer": "Not on the list now",
    "data.history": "History of your list",
    "data.sheets": "Sheets made from your list",
    "data.file": "File",
    "data.unprintable": "No PDF could be made. The sheet is there as a page.",
    "data.signatures": "Signatures",
    "data.section": "Section",
    "data.role": "Signed as",
    "data.withdrawn": "Taken back by {name}, {date}. Reason: {reason}",
    "data.marks": "Marks on the sheets",
    "data.line": "Line",
    "data.mark": "Mark",
    "data.mark_removed": "Mark taken back",
    "data.links": "Links to the intake form",
    "data.made_by": "Made by",
    "data.valid_until": "Valid until",
    "data.opened": "Opened",
    "data.not_opened": "Not opened",
    "data.forms": "Intake forms",
    "data.sent": "Sent",
    "data.not_sent": "Not sent. What was typed stands here.",
    "data.typed": "What was typed",
    "data.told": "What other systems said of what they were shown",
    "data.system": "System",
    "data.seen": "Who saw or changed your record",
    "data_role.intake": "Intake form",
    "data_role.ehr": "EHR",
    "data_role.nurse": "Nurse",
    "data_role.administrator": "Administrator",
    # What stands beside it, as a text.
    "readme.record_html": "{file} – what is on record, to read and to print. Open it in a browser.",
    "readme.record_json": "{file} – the same with everything that is kept of it, for programs.",
    "readme.fhir_json": "{file} – the list as it is now, for other systems.",
    "readme.sheets": "{file} – every sheet that was issued, as it was issued.",
    "readme.unprintable": "No PDF could be made of these sheets; they are there as pages:",
    "readme.left_out": (
        "Left out are passwords and the like, the addresses of links to the form, and what is on record of "
        "other patients. The file gives the names of those who saw or changed the record."
    ),
    # The page on which an administrator makes the file.
    "data_page.title": "Give the patient what is on record",
    "data_page.link": "What is on record, as a file for the patient",
    "data_page.more": (
        "Everything that is on record of this patient is in the file: the record, every version of the list, "
        "every sheet, signatures, marks, forms, and who saw or changed any of it."
    ),
    "data_page.names": (
        "It gives the names of the staff who did so. Look who asks, and give the file only to the patient or "
        "to whoever may ask for the patient."
    ),
    "data_page.holds": "What is in the file",
    "data_page.kept": "That the file was made goes on record. The service keeps no copy of it.",
    "data_page.make": "Make the file",
}
