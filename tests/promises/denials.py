"""The texts that say that something was not done, written down by hand: no catalogue is taken at its word.

Only these may use words that suggest a check. A test holds each catalogue to them, so that a text that
begins to claim what it denied is found, and not taken for the denial.
"""

from collections.abc import Mapping

DENIALS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "notice.not_checked_more": (
            "No interaction check was made for this sheet. "
            "It shows what was reported and what is still to ask."
        ),
        "notice.not_checked": "Not checked for interactions.",
        "notice.review_not_clinical": "No clinician has reviewed them for this clinic yet.",
        "notice.not_reviewed": "The statements have not been reviewed by a person.",
        "sign.statement": "A signature says that the list was talked through, not that it is complete.",
    },
    "es": {
        "notice.not_checked_more": (
            "Para esta hoja no se hizo ninguna comprobación de interacciones. "
            "La hoja muestra lo que se informó y lo que falta preguntar."
        ),
        "notice.not_checked": "No se comprobó si hay interacciones.",
        "notice.review_not_clinical": (
            "Ningún profesional clínico los ha revisado todavía para esta clínica."
        ),
        "notice.not_reviewed": "Ninguna persona ha revisado los enunciados.",
        "sign.statement": "La firma dice que se habló de la lista, no que la lista esté completa.",
    },
}
"""By language and by key; a longer text stands before one that it begins with."""
