"""HealthChain's service with the card of ours, run by uvicorn with an environment of its own.

``CARD`` in the environment is the card as JSON, with ``{orders}`` and ``{reported}`` in its detail for how
many medicines came. Nothing is looked up and nothing is kept: it answers from what the EHR sends along.
"""

import json
import os
from typing import Any
from uuid import uuid4

from healthchain.gateway import CDSHooksService, HealthChainAPI
from healthchain.models import CDSRequest, CDSResponse

_CARD = json.loads(os.environ["CARD"])
for _link in _CARD["links"]:
    _link["autoLaunchable"] = None  # its model asks for it, and leaves it out of the answer
_TREATMENT = "sorafenib"
_ENDED = ("cancelled", "completed", "entered-in-error", "not-taken", "stopped")
_hooks = CDSHooksService()


@_hooks.hook("patient-view", id="disclosure-patient-view")
def view(request: CDSRequest) -> CDSResponse:
    """The card where the treatment is on order, with how many medicines came."""
    orders, reported = (_current(request, key) for key in ("medicationRequests", "medicationStatements"))
    if not any(_TREATMENT in one["medicationCodeableConcept"]["text"].lower() for one in orders):
        return CDSResponse(cards=[])
    detail = _CARD["detail"].replace("{orders}", str(len(orders))).replace("{reported}", str(len(reported)))
    return CDSResponse(cards=[{**_CARD, "uuid": str(uuid4()), "detail": detail}])


def _current(request: CDSRequest, key: str) -> list[dict[str, Any]]:
    sent = (entry["resource"] for entry in request.prefetch[key]["entry"])
    return [one for one in sent if one.get("status") not in _ENDED]


app = HealthChainAPI()
app.register_service(_hooks)
