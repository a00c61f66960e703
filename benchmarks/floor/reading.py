"""Read one checklist: the issued text with its state set in at the end."""

from benchmarks.floor import statements
from benchmarks.floor.asking import Answer, Asked
from benchmarks.floor.chain import record


def read_checklist(asked: Asked, checklist_id: str) -> Answer:
    """The checklist as JSON and its audit event. 501 for one that anything has happened to since."""
    database = asked.database
    with database.transaction() as cursor:
        sought = (asked.caller.clinic, database.identity(checklist_id))
        row = cursor.execute(database.sql(statements.LOAD_CHECKLIST), sought).fetchone()
        if row is None:
            return 404, b""
        patient, treatment, guidance, version, latest, document, withdrawn, *in_use = row
        if latest > version or withdrawn is not None or in_use[:2] != [guidance, "publish"]:
            return 501, b""
        whose = (asked.caller.clinic, patient, treatment)
        for statement in (statements.LIST_SIGN_OFFS, statements.LIST_MARKS):
            if cursor.execute(database.sql(statement), whose).fetchall():
                return 501, b""
        record(asked, cursor, ("read_checklist", patient, f"checklist/{checklist_id}", {}))
    address = f"/v1/checklists/{checklist_id}"
    state = (
        f',"status":"current","latest_version":{latest},"withdrawn":null,"changes":null,'
        f'"guidance_today":[{{"treatment":"{treatment}","status":"in_use","version":"{guidance}",'
        f'"since":"{database.instant_text(in_use[2])}"}}],"sign_offs":[],"marks":[],"links":'
        f'{{"self":"{address}","html":"{address}.html","pdf":"{address}.pdf"}}}}'
    )
    return 200, (document[:-1] + state).encode()
