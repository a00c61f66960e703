"""The words of the page on which staff make a link to the intake form."""

from collections.abc import Mapping

INTAKE_LINKS: Mapping[str, str] = {
    "link_page.title": "A link to the intake form",
    "link_page.more": (
        "The link opens the form once. It shows nothing of what is on record, not even the name."
    ),
    "link_page.mode": "Who fills it in, and on what?",
    "link_page.mode_self": "The patient, on a phone or computer of their own",
    "link_page.mode_handed_device": "The patient, on a device of the clinic that is handed over",
    "link_page.make": "Make a link",
    "link_state.not_opened": "A link was made on {made}. It was not opened yet, and opens until {until}.",
    "link_state.not_sent": "A link was made on {made}, and it was opened. The answers were not sent yet.",
    "link_state.sent": "A link was made on {made}. The answers were sent on {sent}.",
    "link_state.ended": "A link was made on {made}. Its time has ended, and no answers were sent.",
    "link_page.made": "The link is made",
    "link_page.once": "This link is shown once. It opens once, until {until}.",
    "link_page.copy": "The link, to copy",
    "link_page.picture": "The link as a picture, to open with another device",
    "link_page.this_device": "On this device",
    "link_page.hand_over": "Hand this device over",
    "link_page.hand_over_more": (
        "You are logged out first, so that nothing on record is seen on it. The form can then be started."
    ),
    "link_page.shown": "The link was shown before and is not shown again. Make a new one where it is needed.",
}
