"""The words of the worklist, the search and the look-up of a code."""

from collections.abc import Mapping

WORKLIST: Mapping[str, str] = {
    # A day of the worklist, and the way from day to day.
    "worklist.title": "Worklist",
    "worklist.of_day": "Worklist for {date}",
    "worklist.days": "Days",
    "worklist.today": "Today",
    "worklist.tomorrow": "Tomorrow",
    "worklist.day_before": "The day before",
    "worklist.day_after": "The day after",
    "worklist.day": "Day",
    "worklist.show": "Show this day",
    "worklist.none": "No treatment is planned to start on this day.",
    "worklist.none_more": (
        "A patient stands here once a checklist was issued with this day as its planned start. "
        "Find the patient or add one; the checklist is issued on the patient’s page."
    ),
    "worklist.more": "There are more patients on this day than are shown here. Search for the others.",
    "worklist.patients": "Patients: {number}",
    "worklist.with_gaps": "Still to ask: {number}",
    "worklist.next_day": "The next day with patients: {date}",
    "worklist.choose": "Choose",
    "worklist.print_day": "Print the whole day",
    "worklist.print_chosen": "Print what is chosen",
    "worklist.print_hint": (
        "For a sheet that is out of date, or made from older guidance, a new one is issued and printed."
    ),
    # The columns, and what stands in them.
    "worklist.patient": "Patient",
    "worklist.to_ask": "Still to ask",
    "worklist.nothing_to_ask": "No gap was found in the answers",
    "worklist.state": "State",
    "worklist.checklist": "Checklist {code}",
    "worklist.sections_signed": "Sections signed: {signed} of {sections}",
    "worklist_status.out_of_date": "Out of date",
    "worklist_status.older_guidance": "Older guidance",
    "worklist_status.retired_guidance": "Guidance retired",
    "worklist_status.not_started": "Not started",
    "worklist_status.gaps": "Still to ask",
    "worklist_status.ready_to_sign": "Ready to sign",
    "worklist_status.signed": "Signed",
    # The strip of categories: a sign for those who see it, and these words for everybody.
    "strip.prescription": "Prescription",
    "strip.over_the_counter": "Without prescription",
    "strip.supplement": "Supplements",
    "strip.listed": "On the list: {number}",
    "strip.none_listed": "yes, nothing listed",
    # What is still to ask, each kind on one line.
    "to_ask.reported_name_differs": "The list came in under another name",
    "to_ask.category_not_asked": "Not asked yet: {categories}",
    "to_ask.category_unknown": "The answer was “not sure”: {categories}",
    "to_ask.category_declined": "The answer was “rather not say”: {categories}",
    "to_ask.category_without_items": "The answer was “yes”, and nothing is listed: {categories}",
    "to_ask.item_on_earlier_list": "On an earlier list, not on the latest: {number}",
    "to_ask.item_status_unknown": "Not known if still taken: {number}",
    "to_ask.item_uncategorized": "Not sorted yet: {number}",
    "to_ask.item_without_name": "Name not known: {number}",
    "to_ask.item_without_dose": "No dose on the list: {number}",
    "to_ask.informant_not_recorded": "Not on record who reported it: {number}",
    "to_ask.patient_name_missing": "The patient’s name is not on record",
    "to_ask.birth_date_missing": "The patient’s date of birth is not on record",
    # The search for a patient.
    "search.title": "Find a patient",
    "search.sought": "Name or identifier",
    "search.hint": "A whole identifier, or how the words of the name begin.",
    "search.search": "Search",
    "search.none": "Nobody was found.",
    "search.none_more": "Write fewer letters of the name, or the whole identifier as it was given.",
    "search.found": "Found: {number}",
    "search.more": "There are more than {number}. Write more of the name.",
    "search.add": "Add a patient",
    # The look-up of a paper’s code.
    "code_page.title": "Look up a code",
    "code_page.code": "Code on the paper",
    "code_page.hint": (
        "The letters and numbers on the paper, typed or scanned. Dashes and capitals do not count."
    ),
    "code_page.look_up": "Look up",
    "code_page.another": "Look up another code",
    "code_page.current": "Current",
    "code_page.superseded": "Out of date",
    "code_page.withdrawn": "Withdrawn",
    "code_page.current_more": "The list has not changed since this sheet was issued.",
    "code_page.patient": "Patient",
    "code_page.checklist": "Open the checklist",
    "code_page.patient_page": "Open the patient’s page",
    "code_page.fact": "What changed",
    "code_page.then": "On this sheet",
    "code_page.now": "On the latest list",
    "code_page.nothing": "nothing on record",
    "fault.code_mistyped": (
        "This is not a code as it is printed: a sign is wrong or missing. Look at the paper again."
    ),
    "fault.code_unknown": "No sheet of this clinic has this code.",
    # Days of the week.
    "weekday.date": "{weekday}, {date}",
    "weekday.1": "Monday",
    "weekday.2": "Tuesday",
    "weekday.3": "Wednesday",
    "weekday.4": "Thursday",
    "weekday.5": "Friday",
    "weekday.6": "Saturday",
    "weekday.7": "Sunday",
}
