"""The words of the sheet: its head, sections and questions, where to sign, what became of it, and dates."""

from collections.abc import Mapping

SHEET: Mapping[str, str] = {
    # The sheet's head, on every page.
    "sheet.title": "Medication checklist before treatment",
    "sheet.purpose": (
        "This sheet shows the list and what is still to ask. Tell your provider everything you take."
    ),
    "sheet.name_missing": "Name not on record",
    "sheet.birth_date": "Date of birth",
    "sheet.birth_date_missing": "Not on record",
    "sheet.identifier": "Identifier",
    "sheet.treatment": "Treatment",
    "sheet.planned_start": "Planned start",
    "sheet.planned_start_missing": "Not on record",
    "sheet.list_version": "List version",
    "sheet.issued": "Issued",
    "sheet.issued_by": "Issued by",
    "sheet.code": "Code",
    "sheet.page": "Page {page} of {pages}",
    "sheet.sources": "Sources",
    "sheet.initials": "Initials",
    "sheet.write_here": "Write here",
    "sheet.told_box": "Told provider",
    "sheet.asked_box": "Asked",
    "sheet.sentence": "Paragraph {paragraph}, sentence {sentence}",
    "sheet.what_is_missing": "What is missing",
    "sheet.what_is_taken": "What is taken",
    "sheet.to_ask": "To ask, and notes",
    "sheet.change_before": "Before",
    "sheet.signer": "Who",
    "sheet.code_picture": "The code {code} as a picture to scan",
    "sheet.withdrawn_by": "Taken back by",
    "sheet.withdrawn_reason": "Reason",
    # What every output says.
    "notice.not_checked": "Not checked for interactions.",
    "notice.not_checked_more": (
        "No interaction check was made for this sheet. It shows what was reported and what is still to ask."
    ),
    "notice.review_by": "The statements were compared with the document by {reviewer} on {date}.",
    "notice.review_not_clinical": "No clinician has reviewed them for this clinic yet.",
    "notice.not_reviewed": "The statements have not been reviewed by a person.",
    "notice.statements_language": (
        "Statements are in the language of their document where no translation was compared with it yet."
    ),
    # What a sheet for several treatments says of each.
    "treatment.statements": "{treatment}, from the document “{document}”:",
    "treatment.no_statements": "{treatment}: the document “{document}” has no statements for this section.",
    "treatment.review_by": (
        "{treatment}: the statements were compared with the document by {reviewer} on {date}."
    ),
    "treatment.not_reviewed": "{treatment}: no person has compared the statements with the document yet.",
    # The titles of its sections of what the documents say.
    "treatments.tell": "What the documents say to tell, and why",
    "treatments.treatment": "What the documents say about the time on treatment",
    # What has become of an issued sheet.
    "status.superseded": "Out of date",
    "status.superseded_more": "There is a newer list. This sheet shows list version {version}; "
    "the latest is version {latest}. Print a new sheet.",
    "status.superseded_retired": (
        "There is a newer list. This sheet shows list version {version}; the latest is version {latest}."
    ),
    "guidance_status.older": "Older guidance",
    "guidance_status_more.older": "Newer guidance for {name} was published on {date}. Print a new sheet.",
    "guidance_status.retired": "Guidance retired",
    "guidance_status_more.retired": (
        "The guidance for {name} was retired on {date}. No new sheet is issued from it."
    ),
    "status.withdrawn": "Withdrawn",
    "status.withdrawn_more": "This sheet was taken back on {date}. Do not use it.",
    "change.title": "What changed since this sheet was issued",
    "change.none": (
        "The newer list has the same items and answers as this sheet. Compare the name and the date of birth."
    ),
    "change.added": "New on the list",
    "change.changed": "Changed",
    "change.left_out": "Not on the latest list",
    "change.stopped": "Reported as stopped",
    "change.entered_in_error": "Entered in error",
    "change.nothing": "not on record",
    "change.answer": "{category}: the answer was “{before}”, now “{after}”.",
    # Section titles.
    "section.gaps": "Still to ask",
    "section.prescription": "Prescription medicines",
    "section.over_the_counter": "Medicines bought without a prescription",
    "section.supplement": "Vitamins, minerals, herbals and other supplements",
    "section.uncategorized": "Not sorted yet",
    "section.earlier_list": "On an earlier list, not on the latest",
    "section.open_question": "One more question for everyone",
    "section.tell": "What the document says to tell, and why",
    "section.treatment": "What the document says about the time on treatment",
    "section.sign_off": "Signatures",
    # Questions, word for word. They name forms and occasions, never a substance.
    "ask.prescription": (
        "Do you take any medicines prescribed for you? Tablets, drops, creams, patches, inhalers and "
        "injections count, also those you take only now and then."
        " Write down each, or “none”."
    ),
    "ask.over_the_counter": (
        "Do you take any medicines bought without a prescription? Tablets, drops, creams, patches and "
        "sprays count, also those you take only now and then."
        " Write down each, or “none”."
    ),
    "ask.supplement": (
        "Do you take any vitamins, minerals, herbals, teas or other supplements? "
        "Powders, drops and drinks count, also those you take only now and then."
        " Write down each, or “none”."
    ),
    "ask.open": "What else do you take, also now and then, that is not on this list?",
    "ask.open_rows": "Write down each answer, or “nothing else”, in the patient’s words.",
    "ask.dose": "Dose: ask",
    "ask.name": "Name: ask",
    "ask.category": "Which kind: ask",
    "ask.status": "Still taken: ask",
    "ask.still_taking": "Still taken? Yes / No / Changed",
    # Signatures.
    "sign.patient": "Patient, or the person who answered",
    "sign.nurse": "Nurse",
    "sign.provider": "Provider who was told",
    "sign.name": "Name",
    "sign.signature": "Signature",
    "sign.date": "Date and time",
    "sign.statement": "A signature says that the list was talked through, not that it is complete.",
    "month.1": "January",
    "month.2": "February",
    "month.3": "March",
    "month.4": "April",
    "month.5": "May",
    "month.6": "June",
    "month.7": "July",
    "month.8": "August",
    "month.9": "September",
    "month.10": "October",
    "month.11": "November",
    "month.12": "December",
    "date.day": "{day} {month} {year}",
    "date.month": "{month} {year}",
    "date.instant": "{date}, {time} ({zone})",
}
