"""A patient of the tests, as the pages and the API know the same person."""

from dataclasses import dataclass
from typing import Any

from tests.web.conftest import Caller, ClinicOfTests
from tests.web.lists import posted


@dataclass(frozen=True)
class PatientOfTests:
    """Where a patient's page is, and what the API says of the list."""

    id: str
    ehr: Caller

    @property
    def page(self) -> str:
        return f"/patients/{self.id}"

    @property
    def api(self) -> str:
        return f"/v1/patients/{self.id}/medication-list"

    @property
    def list(self) -> dict[str, Any]:
        found: dict[str, Any] = self.ehr.get(self.api).get_json()
        return found

    def item(self, name: str) -> dict[str, Any]:
        """The item of that name, wherever it stands."""
        found = self.list
        everywhere = [*found["items"], *found["earlier_items"], *found["entered_in_error"]]
        return next(item for item in everywhere if item["name"] == name)

    def of_item(self, name: str, part: str) -> str:
        """The address of a form about an item."""
        return f"{self.page}/items/{self.item(name)['id']}/{part}"


def patient_with(clinic: ClinicOfTests, *names: str, **fields: Any) -> PatientOfTests:
    """A patient whose list has prescription items of these names."""
    receipt = clinic.ehr.post("/v1/intake", posted(*names, **fields)).get_json()
    return PatientOfTests(receipt["patient_id"], clinic.ehr)
