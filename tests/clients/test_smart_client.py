"""cumulus-fhir-support logs in by SMART Backend Services and reads with the token it is given."""

import asyncio
from typing import Any

import pytest
from cumulus_fhir_support import AuthFailed, FhirClient, NetworkError

from tests.clients.conftest import Demo


def test_cumulus_logs_in_with_its_key_and_reads(
    demo: Demo, fhir: str, patient: str, private_keys: dict[str, Any]
) -> None:
    async def read() -> Any:
        async with FhirClient(
            fhir,
            ["Patient", "MedicationStatement"],
            smart_client_id=demo["SMART_CLIENT_ID"],
            smart_jwks=private_keys,
        ) as client:
            return (await client.request("GET", f"MedicationStatement?patient={patient}")).json()

    assert len(asyncio.run(read())["entry"]) == 3


def test_what_the_scopes_do_not_cover_is_not_read(
    demo: Demo, fhir: str, patient: str, private_keys: dict[str, Any]
) -> None:
    async def read() -> None:
        async with FhirClient(
            fhir, ["Patient"], smart_client_id=demo["SMART_CLIENT_ID"], smart_jwks=private_keys
        ) as client:
            await client.request("GET", f"MedicationStatement?patient={patient}", retry_delays=[])

    with pytest.raises(NetworkError, match="403"):
        asyncio.run(read())


def test_another_client_id_with_the_same_key_gets_no_token(fhir: str, private_keys: dict[str, Any]) -> None:
    async def log_in() -> None:
        async with FhirClient(fhir, ["Patient"], smart_client_id="nobody", smart_jwks=private_keys):
            pass

    with pytest.raises(AuthFailed):
        asyncio.run(log_in())
