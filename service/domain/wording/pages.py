"""The words that the pages share: moving about, buttons, faults, the log-in and errors."""

from collections.abc import Mapping

PAGES: Mapping[str, str] = {
    # The page around every page.
    "page.name": "Medication checklist",
    "page.title": "{title} - {name}",
    "page.at_fault": "Error:",
    "page.skip": "Skip to the main content",
    "page.menu": "Menu",
    "page.log_out": "Log out",
    "page.logged_in_as": "Logged in as {name}",
    "page.change_language": "Change language",
    "page.language_changed": "The language was changed",
    "page.back": "Back",
    "page.done": "Done",
    # Forms.
    "page.there_is_a_problem": "There is a problem",
    "page.fault": "{field}: {fault}",
    "page.fault_of_question": "{field} {fault}",
    "page.save": "Save",
    "page.cancel": "Cancel",
    "page.send_again": "Send again what was typed",
    # The log-in.
    "page.log_in": "Log in",
    "page.login": "Log-in name",
    "page.password": "Password",
    "page.no_log_in": (
        "No log-in yet, or the password is lost? Ask the person who looks after the clinic’s settings."
    ),
    "page.demo_log_in": (
        "There are made-up patients only here. The log-in of a nurse and that of an administrator stand, "
        "with their passwords, where the service was started, and in the file {file}."
    ),
    "page.logged_out": "You are logged out.",
    "page.session_ended": (
        "The time to stay logged in has ended. Log in again. Nothing that was typed is lost."
    ),
    "page.go_on": "You are logged in again",
    "page.go_on_more": "What was typed before has not been kept yet. Send it again, or leave it.",
    "page.leave_it": "Leave it",
    # Errors, as pages.
    "error.403": "Your role may not do this",
    "error.403_more": "Nothing was changed. Ask the person who looks after the clinic’s settings.",
    "error.404": "There is nothing here",
    "error.404_more": "The address may be wrong, or what was here is not of this clinic.",
    "error.405": "This address does not answer in this way",
    "error.405_more": "Nothing was changed.",
    "error.409": "This does not fit what is on record",
    "error.409_more": (
        "Nothing was changed. Look at what is on record now, then do it again where it is needed."
    ),
    "error.412": "The list has changed since you opened it",
    "error.412_more": "Nothing was changed. Look at the newest list, then do it again where it is needed.",
    "error.413": "This is more than the service takes",
    "error.413_more": "Nothing was kept.",
    "error.429": "Too many at once",
    "error.429_more": "Nothing was kept. Wait a little, then do it again.",
    "error.503": "The service does not answer at the moment",
    "error.503_more": "Nothing was kept. Wait a little, then send it again.",
    "error.page_too_old": "The page was open for too long",
    "error.page_too_old_more": "Nothing was kept yet. Send it again. What was typed is still there.",
    "error.field_twice": "A part of the form came more than once",
    "error.field_twice_more": (
        "Nothing was kept, since nobody can tell which answer was to be kept. Open the page again and "
        "send it from there."
    ),
    "error.other": "Something went wrong here",
    "error.other_more": "Nothing was kept.",
    "error.request": "Number of this request: {number}",
    # What is wrong with a field, by the code of its fault.
    "fault.required": "This is needed.",
    "fault.other": "This cannot be read.",
    "fault.too_long": "This is longer than the field takes.",
    "fault.too_many": "These are more than the service takes.",
    "fault.line_break": "This stands on one line only.",
    "fault.control_character": "There is a sign in it that cannot be seen.",
    "fault.direction_control": "There is a sign in it that cannot be seen.",
    "fault.invisible": "There is nothing in it that can be seen.",
    "fault.stray_joiner": "There is a sign in it that cannot be seen.",
    "fault.date": "Write the year, the month and the day in numbers, with dashes between them.",
    "fault.range": "There is no such number here, or the numbers do not fit together.",
    "fault.birth_date_ahead": "This lies ahead.",
    "fault.identifier_taken": "Another patient has this number.",
    "fault.name_or_description": "Write a name or a description.",
    "fault.contradicts_items": "The answer does not fit what is listed.",
    "fault.nothing_answered": "Nothing was answered yet.",
    "fault.changes_missing": "What has changed was not written down.",
    "fault.choice": "Choose one of these.",
    "fault.login_taken": "This log-in name is taken.",
    "fault.too_short": "This is too short.",
    "fault.too_common": (
        "This password is like many others. Choose a few words that only you would put together, without "
        "your name, your log-in or the clinic."
    ),
    "fault.log_in_refused": "Log-in name and password do not fit.",
    "fault.too_many_failures": "It went wrong too many times. Wait a quarter of an hour, then do it again.",
}
