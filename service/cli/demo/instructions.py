"""What the demo says of itself on the terminal, once it is set up."""

from datetime import date
from pathlib import Path

from service.cli.demo.environment import FILE, VAR
from service.cli.demo.patients import SHEETS


def instructions(kept: dict[str, str], tomorrow: date) -> str:
    """Where the demo is served, what opens it, and how to post a first list for the day of its worklist."""
    return f"""
The demo clinic is served at {kept["BASE_URL"]} (made-up data only).

  Pages for staff   {kept["BASE_URL"]}/   (tomorrow's worklist, with the log-ins below)
  API description   {kept["BASE_URL"]}/docs
  Sheets to print   {SHEETS}/   (Test Patient 01 to 03: 0, 3 and 25 items; 11 to 15)
  Intake key        {kept["INTAKE_KEY"]}
  EHR key           {kept["EHR_KEY"]}
  Administrator key {kept["ADMIN_KEY"]}
  EHR's client id   {kept["SMART_CLIENT_ID"]}   private key {VAR / "smart-private.jwks.json"}
  Nurse's log-in    {kept["NURSE_LOGIN"]}   password {kept["NURSE_PASSWORD"]}
  Administrator's   {kept["ADMIN_LOGIN"]}   password {kept["ADMIN_PASSWORD"]}
  All of these      {FILE}

All that the demo keeps stands in {VAR.absolute()}; without that folder it begins anew.

Post a list and download its checklist: paste this into another terminal, in the folder {Path.cwd()}.

{_FIRST_LIST.format(planned_start=tomorrow)}
Stop with Ctrl-C.
"""


_FIRST_LIST = """\
. var/demo.env
curl -sS -w '\\n%{{http_code}}\\n' "$BASE_URL/v1/intake" \\
  -H "Authorization: Bearer $INTAKE_KEY" -H 'Content-Type: application/json' \\
  -d '{{"patient": {{"identifier": {{"system": "urn:clinic:mrn", "value": "000123"}},
        "name": "Test Patient 04", "birth_date": "1961-04-02"}},
       "informant": {{"kind": "patient"}}, "collection_mode": "self",
       "categories": {{"over_the_counter": {{"answer": "none_reported"}}}},
       "items": [{{"category": "prescription", "name": "Lisinopril", "strength": "10 mg",
                  "dosage_text": "one tablet in the morning"}}],
       "treatment": {{"id": "sorafenib", "planned_start": "{planned_start}"}}}}' | tee var/receipt.json
curl -fsS -o checklist.pdf -H "Authorization: Bearer $EHR_KEY" \\
  "$BASE_URL$(grep -o '/v1/checklists/[^"]*\\.pdf' var/receipt.json)"
"""
