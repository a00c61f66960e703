"""The words of the cards that EHRs show to those who order a treatment or open a patient's record."""

from collections.abc import Mapping

CARDS: Mapping[str, str] = {
    # The summary, at most 139 signs with whatever fills it.
    "card.incomplete": "Disclosure incomplete: {parts}",
    "card.no_list": "Disclosure incomplete: no list on file here; {parts}",
    "card.on_file_with_gaps": "Medication list on file, {date}. Still to ask: {number}",
    "card.on_file": "Medication list on file, {date}. Ask the open question.",
    "card.several": "No list is shown: the identifiers are those of several patients here",
    "card.not_identified": "No list is shown: the patient’s record that came has no identifier",
    "card.born_otherwise": "No list is shown: the date of birth differs from the one on file here",
    "card_part.not_asked": "{categories} not asked",
    "card_part.unknown": "{categories} “not sure”",
    "card_part.declined": "{categories} “rather not say”",
    "card_part.items_reported": "{categories} “yes”, nothing listed",
    "card_category.prescription": "prescriptions",
    "card_category.over_the_counter": "over-the-counter medicines",
    "card_category.supplement": "supplements",
    # What stands below it.
    "card.ids_differ": "The patient’s record that came is under another number than the one asked for.",
    "card.list": "The list on file here: version {version}, {date}",
    "card.no_list_more": "This patient has no list here, so that no category was asked.",
    "card.whose_more": "Look up the patient by hand before you ask or write down.",
    "card.sent": "Medicines in the EHR’s record, as they came with this request",
    "card.sent_more": "They are not the patient’s answers, so no category counts as asked.",
    "card_sent.orders": "Orders: {sent}",
    "card_sent.reported": "Reported medicines: {sent}",
    "card_sent_state.partial": "{number}, and not all of them came",
    "card_sent_state.not_sent": "they did not come, so that their number is not known",
    "card_sent_state.not_readable": "they could not be read, so that their number is not known",
    # Where it leads.
    "card.make_link": "Make a link to the intake form",
    # Why somebody does not follow it.
    "card_reason.asked_elsewhere": "Asked, and written down elsewhere",
    "card_reason.asked_later": "To be asked on another day",
    "card_reason.not_this_treatment": "Not about this treatment",
}
