"""A clinic with one of everything that can be named, and as many more as are asked for."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from service.actions.credentials import create_key
from service.domain.access.permissions import Role
from service.store import api_keys as key_store
from service.store.database import Reach
from tests.access.callers import Callers
from tests.access.calls import Call
from tests.access.drafted import Drafted, add_draft, add_version
from tests.access.policy import Kind
from tests.signed_tokens import ec_key, public
from tests.web.lists import asked


@dataclass(frozen=True)
class Sheet:
    """A patient with a list of two items and an issued checklist."""

    patient: str
    mrn: str
    item: str
    checklist: str
    code: str
    digest: str


class FilledClinic(Callers):
    """What a property gives stays the same; what a method makes is new each time."""

    key_set = json.dumps(public(ec_key()))
    more_items = 0
    """How many more than two items the lists of its patients have."""

    @cached_property
    def sheet(self) -> Sheet:
        """Whatever is read, or changed without an end."""
        return self.new_sheet()

    def new_sheet(self) -> Sheet:
        mrn, ehr = self.number(), self.known.ehr
        names = (f"Water {self.tag}", "Soap", *(f"Clay {number}" for number in range(self.more_items)))
        receipt = ehr.post("/v1/intake", asked(*names, mrn=mrn)).get_json()
        patient, checklist = receipt["patient_id"], receipt["checklist"]
        items = ehr.get(f"/v1/patients/{patient}/medication-list").get_json()["items"]
        sections = ehr.get(f"/v1/checklists/{checklist['id']}").get_json()["sections"]
        digest = next(one["content_digest"] for one in sections if one["id"] == "tell")
        return Sheet(patient, mrn, items[0]["id"], checklist["id"], checklist["code"], digest)

    @cached_property
    def form(self) -> str:
        """The id of a link whose form this clinic's browser has open, with an item written down."""
        return self.new_form()

    def new_form(self) -> str:
        led = self.ask("POST /intake/{secret}", Kind.LINK, Call({"secret": self.new_link()}, form={}))
        link = {"link_id": led.location.split("/")[-2]}
        tea = Call({**link, "category": "supplement"}, form={"name": "Tea"})
        self.ask("POST /form/{link_id}/{category}/items/new", Kind.LINK, tea)
        return link["link_id"]

    def new_link(self) -> str:
        """The secret of a link that nobody has opened."""
        call = Call({"patient_id": self.sheet.patient}, json={"collection_mode": "self"})
        made = self.ask("POST /v1/patients/{patient_id}/intake-links", Kind.EHR, call)
        return str(made.get_json()["url"]).rpartition("/")[2]

    @cached_property
    def desk_form(self) -> str:
        """The id of a form that is open at the desk, with an item written down."""
        return self.new_desk_form(self.sheet)

    def new_desk_form(self, sheet: Sheet) -> str:
        call = Call({"patient_id": sheet.patient}, form={})
        led = self.ask("POST /patients/{patient_id}/intake-forms", Kind.NURSE, call)
        form = {"form_id": led.location.split("/")[-2]}
        tea = Call({**form, "category": "supplement"}, form={"name": "Tea"})
        self.ask("POST /intake-forms/{form_id}/{category}/items/new", Kind.NURSE, tea)
        return form["form_id"]

    @cached_property
    def spare_key(self) -> str:
        """The id of a key that nobody uses."""
        return self.new_key()[0]

    def new_key(self, role: Role = Role.INTAKE) -> tuple[str, str]:
        """The id of another key, and its secret."""
        name = f"Key {self.number()}"
        with self.database.transaction(Reach.ALL) as connection:
            secret = create_key(connection, self.known.id, role, name, datetime.now(UTC))
            keys = key_store.list_keys(connection, self.known.id)
        return next(str(key.id) for key in keys if key.name == name), secret

    @cached_property
    def spare_client(self) -> str:
        """The id of a system that nobody uses."""
        return str(self.new_client().client.id)

    @cached_property
    def draft(self) -> Drafted:
        """A draft of guidance that is read, or changed without an end."""
        return self.new_draft()

    def new_draft(self, *, complete: bool = False) -> Drafted:
        return add_draft(self.database, self.known.id, f"drafted-{self.number()}", complete=complete)

    @cached_property
    def version(self) -> dict[str, str]:
        """The treatment and the version of guidance that no sheet is made from."""
        return self.new_version()

    def new_version(self) -> dict[str, str]:
        treatment_id = f"published-{self.number()}"
        return {
            "treatment_id": treatment_id,
            "version": add_version(self.database, self.known.id, treatment_id),
        }
