"""The demo's own EHR: a client with a key pair that is kept over restarts."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

from joserfc.jwk import ECKey

from service.actions.clients import change_keys, register_client
from service.actions.clock import utc_now
from service.actions.work import new_id
from service.domain.access.client_keys import read_key_set
from service.domain.access.clients import Registration
from service.store import clients as client_store
from service.store import clinics as clinic_store
from service.store.database import Database, Reach, reach_only

_NAME = "Demo EHR client"
_SCOPES = ("system/*.cruds",)
_FILE = "smart-private.jwks.json"


def kept_client(folder: Path, kept: dict[str, str]) -> None:
    """Name the client's id and the file with its private key, both made where there is none yet."""
    kept.setdefault("SMART_CLIENT_ID", str(new_id(utc_now())))
    path = (folder / _FILE).resolve()
    kept["SMART_PRIVATE_JWKS"] = str(path)
    if not path.exists():
        key = ECKey.generate_key("P-384", {"key_ops": ["sign"], "alg": "ES384"}, auto_kid=True)
        path.touch(mode=0o600)
        path.write_text(json.dumps({"keys": [key.as_dict(private=True)]}), "utf-8")
    path.chmod(0o600)


def set_up_client(database: Database, clinic: str, kept: dict[str, str]) -> None:
    """Register the client where the clinic does not know it, with the key that there is.

    Its issuer is its id: so its tokens open CDS Hooks too, with nothing more to be told.
    """
    now, client_id = utc_now(), UUID(kept["SMART_CLIENT_ID"])
    jwks = _public(json.loads(Path(kept["SMART_PRIVATE_JWKS"]).read_text("utf-8")))
    with database.transaction(Reach.CREDENTIALS) as connection:
        found = clinic_store.find_clinic_by_name(connection, clinic)
        assert found is not None  # noqa: S101 -- it was set up just before
        known = client_store.find_client(connection, client_id)
        reach_only(connection, found.id)
        if known is None:
            sent = Registration(_NAME, jwks, _SCOPES, issuer=str(client_id))
            register_client(connection, found.id, now, sent, client_id)
        elif known.revoked_at is None and known.keys != read_key_set(jwks):
            change_keys(connection, found.id, client_id, jwks)


def _public(jwks: dict[str, Any]) -> dict[str, Any]:
    """The key set as it is registered: without the private number of its elliptic key."""
    return {
        "keys": [
            {name: said for name, said in key.items() if name not in ("d", "key_ops")} for key in jwks["keys"]
        ]
    }
