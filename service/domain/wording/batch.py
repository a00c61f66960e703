"""The words of a day's print: the cover page of gaps and the names of sheets that fail."""

from collections.abc import Mapping

BATCH: Mapping[str, str] = {
    "batch.title": "Cover of the printed sheets",
    "batch.title_of_day": "Cover of the sheets for {date}",
    "batch.names_several": "For staff only. This page names several patients. Never give it to a patient.",
    "batch.clinic": "Clinic",
    "batch.made": "Made",
    "batch.made_by": "Made by",
    "batch.number": "Sheets printed",
    "batch.number_failed": "Sheets not printed",
    "batch.number_to_ask": "Patients with a category not asked",
    "batch.page": "Cover, page {page} of {pages}",
    # What is not in the print.
    "batch.failed": "Not printed: these sheets are missing here",
    "batch.failed_more": "Open the page of each of these sheets and print it from there.",
    "batch.letter_in_item": "Item {number} has the letter {letter} ({script}), which no font here has.",
    "batch.letter_in_patient": (
        "The patient’s name or identifier has the letter {letter} ({script}), which no font here has."
    ),
    "batch.letter_elsewhere": "The sheet has the letter {letter} ({script}), which no font here has.",
    "batch.install": "Install {packages}, then print again.",
    "batch.not_set": "It could not be made into a PDF.",
    "batch.no_such_sheet": "There is no such sheet in this clinic.",
    "batch.unknown_sheet": "Not a sheet of this clinic",
    "batch.number_sent": "Number that was sent",
    "batch.unprintable": "(cannot be printed here)",
    # One row for each sheet.
    "batch.pages": "Pages",
    "batch.patient": "Patient",
    "batch.categories": "Categories",
    "batch.to_ask": "Still to ask",
    "batch_category.prescription": "Prescription",
    "batch_category.over_the_counter": "Without prescription",
    "batch_category.supplement": "Supplements",
    "batch_category.uncategorized": "Not sorted yet",
    "batch_category.earlier_list": "On an earlier list only",
    "batch.answer": "{category}: {answer}",
    "batch.listed": "{number} listed",
    "batch.nothing_listed": "yes, but nothing listed",
    "batch.not_asked": "Not asked: {categories}",
    "batch.gaps": "Gaps: {number}",
    "batch.no_gaps": "No gap was found. Ask the open question.",
    "batch.renewed": "Issued anew, the list had changed",
    # The page that is shown when nothing was printed.
    "print_page.title": "Print sheets",
    "print_page.date": "Day",
    "print_page.chosen": "Sheets chosen: {number}",
    "print_page.print": "Print",
    "print_page.to_worklist": "Back to the worklist",
    "fault.nothing_planned": "No sheet is planned for this day.",
    "fault.date_or_checklists": "Choose a day or at least one sheet.",
    "fault.not_printed": "The sheets could not be made into a PDF in time. Wait a little, then print again.",
}
