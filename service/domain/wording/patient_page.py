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
    "patient_page.add": "Add an item",
    "patient_page.add_here": "Add an item here",
    "patient_page.ask": "Ask, and write down the answer",
    "patient_page.change_answer": "Change the answer",
    "patient_page.change": "Change",
    "patient_page.mark": "Entered in error",
    "patient_page.sort": "Sort",
    "patient_page.still_taken": "Still taken?",
    "patient_page.own_data": "Change name, date of birth, language or print size",
    "patient_page.history": "History of the list",
    "patient_page.side_by_side": "Look at them side by side",
    "patient_page.form_at_desk": "Ask everything in the form here",
    "patient_page.form_by_link": "Give the form to the patient",
    "patient_page.sheets": "Checklists",
    "patient_page.no_sheets": "No checklist was issued yet.",
    "patient_page.issue": "Issue a checklist",
    "patient_page.no_guidance": (
        "No checklist can be issued: the clinic has no guidance in use. It is published under "
        "“{settings}”, “{guidance}”, by an administrator."
    ),
    "patient_page.renew": "Open it to see what has changed on the list, and to issue a new one.",
    "patient_page.treatments_hint": "Choose one or several. A sheet for several has the list only once.",
    "sheet_status.current": "Shows the latest list",
    "sheet_status.superseded": "Out of date",
    "sheet_status.withdrawn": "Withdrawn",
    # One item, by a form.
    "item_form.add": "Add an item",
    "item_form.change": "Change an item",
    "item_form.mark": "Mark as entered in error",
    "item_form.mark_more": "The item leaves the list and the sheet. It stays on record, with the reason.",
    "item_form.name_hint": "In the patient’s own words.",
    "item_form.description_hint": "What it looks like, where nobody knows the name.",
    "item_form.more": "More, where it is known",
    "item_form.not_said": "Not said",
    "item_form.error_reason": "Why it should not be on the list",
    "item_form.still_taken": "Is it still taken?",
    "item_form.which_kind": "Which kind is it?",
    "item_form.taken_otherwise": "It is taken, but something about it has changed",
    "item_form.added": "The item is on the list.",
    "item_form.changed": "The change is kept.",
    "item_form.marked": "The item is marked as entered in error.",
    # An answer for a category, by a form.
    "answer_form.answer": "What was the answer?",
    "answer_form.listed": "On the list now:",
    "answer_form.kept": "The answer is kept.",
    "answer_choice.items_reported": "Yes, something is taken",
    "answer_choice.none_reported": "No, nothing like this",
    "answer_choice.unknown": "Not sure",
    "answer_choice.declined": "Rather not say",
    "answer_choice.not_asked": "Not asked",
    # Who said it, in every form.
    "who_said.informant": "Who said it?",
    "who_said.name": "Name of who said it",
    "who_said.name_hint": "Only where it is not the patient.",
    "who_said.mode": "How was it said?",
    # A list or a record that has changed since a form was opened.
    "stale_note.more": (
        "Nothing was changed. What you typed is still here. Look at what has changed, then save again."
    ),
    "stale_note.record": "The record has changed since you opened it",
    "stale_note.record_more": (
        "Nothing was changed. What you typed is still here. The top of the page shows the record as it is "
        "now. Save again to change it."
    ),
    # The patient's own data, by a form.
    "patient_form.change": "Change what is on record of the patient",
    "patient_form.add": "New patient",
    "patient_form.name": "Name",
    "patient_form.date_hint": "As far as it is known, such as {example}.",
    "patient_form.system": "Where the number is from",
    "patient_form.system_hint": (
        "The clinic’s name for this kind of number. For the next patient it stands here."
    ),
    "patient_form.value": "Number of the patient",
    "patient_form.not_said": "Not said",
    "patient_form.kept": "The change is kept.",
    "patient_form.added": "The patient is on record.",
    "patient_form.taken": "A patient on record has this number:",
    # Items that may be the same one.
    "alike.same_name": "{items} have the same name. Ask if each is taken.",
    "alike.same_code": "{items} have the same code. Ask if each is taken.",
    "alike_page.title": "Items side by side",
    "alike_page.more": (
        "If one item was entered more than once, mark the others as entered in error. If each is taken, "
        "leave them as they are."
    ),
    "alike_page.none": "No items have the same name or the same code.",
    # The history of the list.
    "history_page.title": "History of the list",
    "history_page.table": "The same as a table",
    "history_page.count": "{label}: {number}",
    "history_page.answers": "Answers",
    "history_page.version": "Version",
    "history_page.when": "When",
    "history_page.recorder": "Who recorded it",
    "history_page.informant": "Said by",
    "history_page.changes": "What changed",
    "history_page.first": "The list was started.",
    "history_page.compare_with": "Compare with version {version}",
    "history_page.compare_two": "Compare versions",
    "history_page.compare": "Compare",
    "history_page.from": "Earlier version",
    "history_page.to": "Later version",
    "history_page.older": "Older",
    "version_page.not_latest": "This is an older version. The latest is version {version}.",
    # The difference of two versions.
    "difference_page.title": "What changed from version {before} to version {after}",
    "difference_page.fact": "What",
    "difference_page.now": "Now",
    "difference_page.nothing": "nothing on record",
    "difference_page.same": "The items and the answers are the same.",
}
