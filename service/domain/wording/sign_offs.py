"""The words for signatures and marks on a sheet: who signed, what became of it, what was marked."""

from collections.abc import Mapping

SIGN_OFFS: Mapping[str, str] = {
    "signed.patient": "Signed by {name}, patient or person who answered, {date}",
    "signed.nurse": "Signed by {name}, nurse, {date}",
    "signed.provider": "Signed by {name}, provider who was told, {date}",
    "signed.deferred": "Signed before it was asked. Reason: {reason}",
    "signed.void": "Out of date: the section has changed since it was signed.",
    "signed.withdrawn": "Taken back by {name}, {date}. Reason: {reason}",
    "mark.told_provider": "Told provider",
    "mark.discussed": "Talked through",
    "mark.not_taking": "Not taken",
    "mark.changed": "Taken, but changed",
    "marked.by": "{mark} – {name}, {date}",
}
