"""How every operation is called: one entry for each row of the policy table."""

from collections.abc import Mapping

from tests.access.calls import Call
from tests.access.operations_fhir import FHIR, HOOKS
from tests.access.operations_forms import ASSETS, FORMS
from tests.access.operations_pages import ADMINISTRATION, GUIDANCE, PAGES
from tests.access.operations_v1 import V1, How

HOW: Mapping[str, How] = {**V1, **FHIR, **HOOKS, **PAGES, **ADMINISTRATION, **GUIDANCE, **FORMS, **ASSETS}

PRINTED: Mapping[str, How] = {
    "POST /v1/print-batches": lambda c: Call(json={"checklists": [c.sheet.checklist]}),
    "POST /print-batches": lambda c: Call(form={"checklists/0": c.sheet.checklist}),
}
"""How named sheets are printed: set by a process of its own, which takes its time."""
