"""Scopes as the table names them: those that let a client in, and all others there are."""

from tests.docs.markdown import table

TYPES = (
    *("Patient", "MedicationStatement", "MedicationRequest", "List", "Provenance", "Questionnaire"),
    *("QuestionnaireResponse", "Composition", "DocumentReference", "Bundle", "Binary"),
)
_LETTERS = "cruds"
_GROUPS = {
    row["permission"]: [(kind, letter) for kind in row["types"].split(", ") for letter in row["letters"]]
    for row in table("docs/smart.md", "Scopes")
}
Pair = tuple[str, str]


def _pairs(scope: str) -> list[Pair]:
    """The types and letters any of which will do: one of ``List.r``, those of a permission of ours."""
    if scope in _GROUPS:
        return _GROUPS[scope]
    kind, letter = scope.split(".")
    return [(kind, letter)]


def covering(scopes: tuple[str, ...]) -> str:
    """No more than what these ask for; everything where none is asked for."""
    return " ".join(f"system/{kind}.{letter}" for kind, letter in _first(scopes)) or "system/*.cruds"


def _first(scopes: tuple[str, ...]) -> list[Pair]:
    return [_pairs(scope)[0] for scope in scopes]


def everything_but(scopes: tuple[str, ...]) -> str:
    """Everything but what the first of these asks for; everything where none is asked for."""
    if not scopes:
        return "system/*.cruds"
    kept_back = set(_pairs(scopes[0]))
    letters = {
        kind: "".join(letter for letter in _LETTERS if (kind, letter) not in kept_back) for kind in TYPES
    }
    return " ".join(f"system/{kind}.{left}" for kind, left in letters.items() if left)
