"""The words of the administrator's pages: staff, keys, settings, guidance and the record of who did what."""

from collections.abc import Mapping

ADMINISTRATION: Mapping[str, str] = {
    "administration.title": "Clinic settings",
    "administration.parts": "Parts of the clinic settings",
    "administration.settings": "Paper, languages and prompts",
    "administration.staff": "Staff",
    "administration.keys": "Keys",
    "administration.guidance": "Guidance",
    "administration.audit": "Who did what",
    "administration.shown_once": "This is shown once. Write it down or copy it now; nobody can see it again.",
    "administration.role": "Role",
    "administration.name": "Name",
    "administration.state": "State",
    "administration.made": "Made",
    "administration.actions": "Change",
    # Settings.
    "settings_page.paper": "Paper of the sheets",
    "settings_page.language": "Language of the clinic",
    "settings_page.language_hint": "Sheets are in the patient’s language where there is one, else in this.",
    "settings_page.languages": "Languages of the form for patients",
    "settings_page.time_zone": "Time zone",
    "settings_page.prompts": "Prompts of the form for patients",
    "settings_page.prompts_hint": (
        "A prompt is the sentence after the question that names forms and occasions. "
        "The question itself is always asked."
    ),
    "settings_page.saved": "The settings were saved. Sheets that were issued before stay as they are.",
    # Staff.
    "staff_page.add": "Add a person",
    "staff_page.login": "Log-in name",
    "staff_page.role_nurse": "Nurse",
    "staff_page.role_administrator": "Administrator",
    "staff_page.logs_in": "Can log in",
    "staff_page.left": "Left on {date}, cannot log in",
    "staff_page.new_password": "Make a new password",
    "staff_page.end_access": "Has left: end access",
    "staff_page.renew_access": "Is back: give access",
    "staff_page.sure": "End the access of {name}?",
    "staff_page.sure_more": (
        "This person is logged out at once and cannot log in. What they recorded keeps their name."
    ),
    "staff_page.ended": "The access was ended.",
    "staff_page.password_title": "Password for {name}",
    "staff_page.password_more": (
        "Give it to the person on paper. They can change it after the log-in. Other sessions of this person "
        "have ended."
    ),
    "staff_page.password": "Password",
    "staff_page.shown": "It was made and shown before. Make a new password if it is lost.",
    # One's own password.
    "password_page.title": "Change your password",
    "password_page.now": "Password now",
    "password_page.new": "New password",
    "password_page.new_hint": (
        "At least {number} signs. A few words that only you would put together are good."
    ),
    "password_page.changed": "Your password was changed. Log in with it.",
    # Keys.
    "keys_page.add": "Make a key",
    "keys_page.name_hint": "What uses the key. It stands on records as who recorded.",
    "keys_page.role_intake": "Intake form: sends lists and reads nothing back",
    "keys_page.role_ehr": "EHR: sends and reads",
    "keys_page.role_administrator": "Administrator: everything",
    "keys_page.valid": "Valid",
    "keys_page.revoked": "Revoked on {date}",
    "keys_page.revoke": "Revoke",
    "keys_page.sure": "Revoke the key of {name}?",
    "keys_page.sure_more": "It stops at once for every program that uses it.",
    "keys_page.ended": "The key was revoked.",
    "keys_page.secret_title": "Key for {name}",
    "keys_page.secret": "Key",
    "keys_page.secret_more": "Send it as “Authorization: Bearer” and the key.",
    "keys_page.shown": (
        "The key was made before, and it was shown then. Revoke it and make another if it is lost."
    ),
    # Guidance.
    "guidance_page.none": "The clinic has no guidance yet.",
    "guidance_page.document": "Document",
    "guidance_page.file": "File",
    "guidance_page.fingerprint": "Fingerprint of the file",
    "guidance_page.sentences": "Sentences in the document",
    "guidance_page.version": "Version",
    "guidance_page.published": "Published",
    "guidance_page.published_by": "{date} by {name}",
    "guidance_page.statements": "Statements",
    "guidance_page.statement": "Statement",
    "guidance_page.cites": "Rests on",
    "guidance_page.review": "Review",
    "guidance_page.reviewed": "Compared with the document by {name} on {date}",
    "guidance_page.not_reviewed": "No review yet",
    "statement_section.tell": "To tell",
    "statement_section.why": "Why",
    "statement_section.report": "To report",
    "statement_section.follow_up": "To follow",
    "statement_section.about": "About the treatment",
    # Who did what.
    "audit_page.when": "When",
    "audit_page.who": "Who",
    "audit_page.what": "What",
    "audit_page.whose": "Patient",
    "audit_page.about": "About",
    "audit_page.none": "Nothing is on record.",
    "audit_page.older": "Older",
    "audit_page.patient": "Number of the patient in this service",
    "audit_page.show": "Show",
    "audit_page.refused": "refused",
}
