"""Holds the ledger against the database: through the service, and past it in SQL."""

from dataclasses import dataclass, field
from typing import Any

import psycopg

from tests.faults.cluster.ledger import Kept, Ledger
from tests.faults.cluster.site_of_clinic import ClinicSite

# The name of each item of each version, and each version's number, of every patient that has an identifier.
_EVERYTHING = """
SELECT identifiers.value, patients.list_version, versions.version, items.name
FROM patient_identifiers AS identifiers
JOIN patients ON patients.clinic_id = identifiers.clinic_id AND patients.id = identifiers.patient_id
JOIN list_versions AS versions ON versions.clinic_id = patients.clinic_id
  AND versions.patient_id = patients.id
LEFT JOIN list_items AS items ON items.clinic_id = versions.clinic_id
  AND items.patient_id = versions.patient_id AND items.version = versions.version
WHERE identifiers.value LIKE %s
"""


@dataclass
class Findings:
    """What does not agree; nothing, where all is well."""

    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    out_of_order: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.lost or self.twice or self.out_of_order or self.unknown)

    def __str__(self) -> str:
        counts = vars(self).items()
        return ", ".join(f"{len(found)} {what} (such as {found[0]})" for what, found in counts if found)


@dataclass
class Found:
    """A patient as the database has it: the items of each version of the list, or of the latest one only."""

    latest: int
    versions: dict[int, list[str]]
    only_latest: bool = False


def compare(ledger: Ledger, found: dict[str, Found], *, whole: bool = True) -> Findings:
    """Everything that was acknowledged, held against what was found.

    With ``whole`` every request has been settled, so that there may be nothing which was not acknowledged.
    """
    findings = Findings()
    for identifier, kept in ledger.patients.items():
        _compare_one(findings, identifier, kept, found.get(identifier))
    if whole:
        findings.unknown += sorted(set(found) - set(ledger.patients))
    return findings


def _compare_one(findings: Findings, identifier: str, kept: Kept, found: Found | None) -> None:
    if found is None:
        findings.lost += kept.items
        return
    latest = found.versions.get(found.latest, [])
    findings.lost += [item for item in kept.items if item not in latest]
    findings.twice += [item for item in set(latest) if latest.count(item) > 1]
    findings.unknown += [item for item in set(latest) if item not in kept.items]
    if not found.only_latest and sorted(found.versions) != list(range(1, found.latest + 1)):
        findings.out_of_order.append(f"{identifier}: versions {sorted(found.versions)}")
    if sorted(kept.items.values()) != list(range(1, found.latest + 1)):
        findings.out_of_order.append(f"{identifier}: {found.latest} versions for {len(kept.items)} writes")
    findings.out_of_order += [
        item
        for item, version in kept.items.items()
        if (item in found.versions.get(version - 1, [])) or (item not in found.versions.get(version, [item]))
    ]


def found_in_sql(connection: psycopg.Connection[Any], prefix: str = "") -> dict[str, Found]:
    """Every patient in the tables whose identifier begins so."""
    found: dict[str, Found] = {}
    for identifier, latest, version, name in connection.execute(_EVERYTHING, [f"{prefix}%"]).fetchall():
        versions = found.setdefault(identifier, Found(latest, {})).versions
        names = versions.setdefault(version, [])
        if name is not None:
            names.append(name)
    return found


def keys_with_another_effect(connection: psycopg.Connection[Any], ledger: Ledger) -> int:
    """By how many the idempotency keys that were kept are more than the posts that were acknowledged."""
    kept = connection.execute("SELECT count(*) FROM idempotency_records WHERE status = 201").fetchone()
    posts = sum(
        1 for patient in ledger.patients.values() for item in patient.items if not item.endswith("-c")
    )
    assert kept is not None
    return int(kept[0]) - posts


def found_through_the_service(site: ClinicSite, ledger: Ledger, prefix: str) -> dict[str, Found]:
    """The latest list of each patient in the ledger whose identifier begins so, as the service reads it."""
    session = site.session()
    found: dict[str, Found] = {}
    for identifier, kept in ledger.patients.items():
        if not identifier.startswith(prefix):
            continue
        address = f"{site.base_url}/v1/patients/{kept.patient_id}/medication-list"
        read = session.get(address, timeout=20)
        if read.status_code == 200:
            names = [item["name"] for item in read.json()["items"]]
            latest = int(read.headers["ETag"].strip('"'))
            found[identifier] = Found(latest, {latest: names}, only_latest=True)
    return found
