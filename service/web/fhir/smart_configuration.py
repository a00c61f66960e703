"""What a client of SMART Backend Services has to know before it asks for a token."""

from flask import Response

from service.domain.access.client_keys import SigningAlgorithm
from service.web.auth import is_open
from service.web.fhir.blueprint import FhirRoutes
from service.web.replies import response
from service.web.smart import GRANT, token_endpoint

routes = FhirRoutes("smart_configuration", __name__)
_READ = (
    *("*", "Patient", "MedicationStatement", "MedicationRequest", "List", "Provenance", "Questionnaire"),
    *("QuestionnaireResponse", "Composition", "DocumentReference", "Bundle", "Binary"),
)
_WRITTEN = ("*", "Patient", "MedicationStatement", "MedicationRequest", "List", "QuestionnaireResponse")
_SCOPES = (
    *(f"system/{resource}.rs" for resource in _READ),
    *(f"system/{resource}.cruds" for resource in _WRITTEN),
    *("system/*.read", "system/*.write", "system/*.*"),
)


@routes.get("/.well-known/smart-configuration")
@is_open
def get_configuration() -> Response:
    """The configuration as SMART App Launch 2.2 names it under "Conformance"; anybody may read it."""
    return response(
        {
            "token_endpoint": token_endpoint(),
            "grant_types_supported": [GRANT],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": list(SigningAlgorithm),
            "scopes_supported": _SCOPES,
            "capabilities": ["client-confidential-asymmetric", "permission-v1", "permission-v2"],
            # Every server has to name it, also one that has no authorization endpoint to use it at.
            "code_challenge_methods_supported": ["S256"],
        }
    )
