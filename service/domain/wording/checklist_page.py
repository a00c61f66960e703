"""The words of the page on which a checklist is marked, signed and printed."""

from collections.abc import Mapping

CHECKLIST_PAGE: Mapping[str, str] = {
    "checklist_page.title": "Checklist",
    "checklist_page.print": "Print the sheet",
    "checklist_page.print_now": "Print",
    "checklist_page.pdf": "Open it as a PDF",
    "checklist_page.patient": "The patient’s page",
    "checklist_page.back": "Back to the checklist",
    # What has become of the sheet.
    "checklist_page.who_changed": "Who changed the list",
    "checklist_page.version_by": "Version {version}: {name}, {date}",
    "checklist_page.issue_new": "Issue a new sheet now",
    "checklist_page.issue_new_more": "Signatures under sections that say the same as before stay on it.",
    # Who has signed, at a glance.
    "checklist_page.overview": "Signatures by section",
    "checklist_page.signed": "Signed",
    "checklist_page.not_signed": "Not signed yet",
    "checklist_page.void": "Signature out of date",
    "checklist_page.taken_back": "Taken back",
    "checklist_page.needs_reason": "Not asked yet",
    "checklist_page.answer_on_list": "Write the answers on the patient’s list",
    # Marks.
    "checklist_page.mark": "Mark",
    "checklist_page.mark_of": "Mark of: {line}",
    "checklist_page.no_mark": "No mark",
    "checklist_page.note": "Note",
    "checklist_page.note_of": "Note on: {line}",
    "checklist_page.save_marks": "Save the marks of this section",
    "checklist_page.marked": "The marks were saved. The list itself stays as it is.",
    # Signing a section.
    "checklist_page.sign": "Sign this section",
    "checklist_page.sign_more": "Marks made above are saved with it.",
    "checklist_page.sign_own": "Sign as nurse: {name}",
    "checklist_page.sign_other": "Somebody else signs",
    "checklist_page.sign_also": "One more person signs",
    "checklist_page.role": "Who signs",
    "checklist_page.name": "Name of the person who signs",
    "checklist_page.reason": "Reason to sign before it was asked",
    "checklist_page.reason_hint": "It stands on the sheet, under the section.",
    "checklist_page.was_signed": "The section was signed.",
    "checklist_page.cannot_sign_changed": (
        "Out of date: the latest list says something else here. Sign this section on a new sheet."
    ),
    "checklist_page.cannot_sign_withdrawn": "Withdrawn: nothing is signed or marked on this sheet.",
    "checklist_page.was_typed": "What was typed here goes with it to the new sheet.",
    # Taking back: a signature, a sheet.
    "checklist_page.take_back": "Take back",
    "checklist_page.take_back_title": "Take this signature back?",
    "checklist_page.take_back_more": "It stays on record as taken back, with the reason.",
    "checklist_page.take_back_reason": "Reason",
    "checklist_page.was_taken_back": "The signature was taken back.",
    "checklist_page.withdraw": "Take this sheet back",
    "checklist_page.withdraw_title": "Take this sheet back?",
    "checklist_page.withdraw_more": (
        "From then on it says everywhere that it was withdrawn, also to whoever looks up the code on the "
        "paper. Nothing more is signed or marked on it. It stays on record."
    ),
    "checklist_page.was_withdrawn": "The sheet was taken back.",
    # Issuing one.
    "checklist_page.new_title": "Issue a checklist",
    "checklist_page.new_start_hint": (
        "The whole date, such as {example}. Without it the patient stands on no day of the worklist."
    ),
    "checklist_page.language": "Language of the sheet",
    "checklist_page.paper": "Paper",
    "checklist_page.print_size": "Print size",
    "checklist_page.as_on_record": "As on record for the patient and the clinic",
    "checklist_page.size_standard": "Standard",
    "checklist_page.size_large": "Large",
    "checklist_page.issue": "Issue the checklist",
    "checklist_page.was_issued": "The checklist was issued. It can be printed, marked and signed here.",
    # A sheet that cannot be set as a PDF.
    "checklist_page.unprintable_title": "The PDF cannot be made here",
    "checklist_page.unprintable_item": "Item {number} has a sign that no font here has ({script}).",
    "checklist_page.unprintable_elsewhere": "The sheet has a sign that no font here has ({script}).",
    "checklist_page.unprintable_install": (
        "Whoever looks after this computer can add the font package {package}. Then make the PDF again."
    ),
    "checklist_page.unprintable_page": "The sheet as a page shows everything and prints from the browser.",
    # What is wrong.
    "fault.digest_differs": "The section has changed since it was seen. Nothing was signed.",
    "fault.withdrawn": "The sheet was taken back. Nothing was signed or marked.",
    "fault.unknown_treatment": "The clinic has no guidance for this treatment.",
}
