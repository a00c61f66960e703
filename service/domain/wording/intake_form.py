"""The words of the intake form, by link and at the desk. They show nothing of what is on file."""

from collections.abc import Mapping

INTAKE_FORM: Mapping[str, str] = {
    # The link's first page.
    "form.title": "Medication list",
    "form.start_title": "Tell {clinic} everything you take",
    "form.start_more": (
        "There are a few questions, one on each page. The clinic needs the answers before your visit."
    ),
    "form.start_have": "Have the packages with you if you can. You can leave out what you do not know.",
    "form.start_once": (
        "The link opens once, on this device. What you write is kept on the way, "
        "so you can leave it and come back to it here."
    ),
    "form.start": "Start",
    "form.language": "Language",
    "form.cannot_open": "This link cannot be opened",
    "form.cannot_open_more": (
        "It was opened before, or its time has ended, or a part of the address is missing. "
        "Ask the clinic for a new link."
    ),
    "form.cannot_open_begun": (
        "If you started the form before, open the link on the same device and in the same way as then."
    ),
    "form.ended": "The time for this form has ended",
    "form.ended_more": "What was written here was not sent. Ask the clinic for a new link.",
    "form.ended_at_desk_more": "What was written here was not sent. Open the form again.",
    # Moving about.
    "form.question_of": "Question {number} of {all}",
    "form.before": "Back to the question before",
    "form.go_on": "Save and go on",
    "form.on": "Go on",
    "form.skip": "Go on without an answer",
    # Who is answering.
    "form.who": "Who is answering?",
    "form.who_label": "The person who is answering",
    "form_who.patient": "The patient",
    "form_who.related_person": "A relative of the patient",
    "form_who.caregiver": "A caregiver of the patient",
    "form_who.practitioner": "Someone who works in health care",
    "form_who.organization": "An organization",
    "form.who_name": "Name of the person who is answering",
    "form.who_name_hint": "Leave it out if the patient is answering.",
    "form.patient_name": "Name of the person whose medicines these are",
    "form.patient_name_hint": "Your own, if you are the patient. The clinic compares it with its record.",
    "form.mode": "How do the answers come in?",
    "form.mode_label": "How the answers come in",
    "form_mode.interview": "In an interview, here",
    "form_mode.phone": "By phone",
    "form_mode.paper": "On paper, written by the person who is answering",
    "form_mode.handed_device": "On this device, handed over while you stay with it",
    # The three questions. They name forms and occasions, never a substance.
    "form_ask.prescription": "Do you take any medicines prescribed for you?",
    "form_ask.over_the_counter": "Do you take any medicines bought without a prescription?",
    "form_ask.supplement": "Do you take any vitamins, minerals, herbals, teas or other supplements?",
    "form_prompt.prescription": (
        "Tablets, drops, creams, patches, inhalers and injections count, "
        "also those you take only now and then."
    ),
    "form_prompt.over_the_counter": (
        "Tablets, drops, creams, patches and sprays count, also those you take only now and then."
    ),
    "form_prompt.supplement": ("Powders, drops and drinks count, also those you take only now and then."),
    "form_answer.items_reported": "Yes",
    "form_answer.none_reported": "No, nothing like this",
    "form_answer.unknown": "Not sure",
    "form_answer.declined": "Rather not say",
    "form_answer.not_asked": "Not answered",
    "form.does_not_fit": (
        "Something of this kind is written down here. Answer “yes”, or take off what is not taken."
    ),
    "form.show_written_down": "Look at what is written down",
    # Items.
    "form.written_down": "Written down so far",
    "form.none_written_down": "You answered “yes”, and nothing is written down yet.",
    "form.none_written_down_more": (
        "You can write it down now, or go on without it. The clinic will then ask you."
    ),
    "form.add_first": "Write one down",
    "form.add_another": "Add another",
    "form.item_title": "What do you take?",
    "form.item_more": "Write down one on this page. Only its name or a description is needed.",
    "form.item_without": "Go on without writing it down",
    "form.name_hint": "As it stands on the package.",
    "form.description_hint": "If the name is not known: how it looks.",
    "form.strength_hint": "As it stands on the package.",
    "form.dosage_text": "How much each time",
    "form.save_item": "Save",
    "form.change": "Change",
    "form.change_answer": "Change this answer",
    "form.take_off": "Take it off this form",
    "form.taken_off": "It was taken off this form.",
    # What is on file, asked again at the desk.
    "form.still_taken": "Still taken:",
    "form.what_else": "What else is there?",
    "form.still_taking": "Still taking it?",
    "form_still.yes": "Yes",
    "form_still.no": "No",
    "form_still.changed": "Changed",
    "form.still_same": "Still “{status}”",
    "form.still_open": "It stays as it is on record.",
    "form.what_changed": "What has changed?",
    "form.changes_missing": "What has changed is not written down yet.",
    # Before it is sent.
    "form.look": "Look at your answers before you send them",
    "form.not_answered_more": "Nothing is sent for it. The clinic will ask.",
    "form.yes_nothing_listed": "Yes. Nothing is written down; the clinic will ask.",
    "form.send": "Send to the clinic",
    "form.list_moved_on": "The list has changed since this form was opened",
    "form.list_moved_on_more": (
        "Nothing was sent. Go on from the newest list: what was said of items that have changed "
        "is asked again, everything else is still here."
    ),
    "form.go_on_from_newest": "Go on from the newest list",
    # After it was sent.
    "form.sent": "Your answers are with {clinic}",
    "form.sent_more": (
        "Nobody has looked at them yet. A nurse reads them before your visit and asks you about what is "
        "still open."
    ),
    "form.sent_change": (
        "If something changes, or if you left something out, tell the clinic. "
        "This form cannot be opened again."
    ),
    "form.sent_close": "You can close this page.",
    "form.sent_at_desk": "The answers are on the list",
    "form.sent_at_desk_more": "They are version {version} of the list. What is still to ask stands with it.",
    "form.give_back": "Give the device back to the clinic.",
    "form.to_patient": "Back to the patient’s page",
}
