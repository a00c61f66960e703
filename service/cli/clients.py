"""``clients``: other systems that come in with what they sign."""

import json
from pathlib import Path
from uuid import UUID

import click

from service.actions.clients import add_client, replace_keys, revoke_client
from service.actions.performing import perform
from service.actions.work import Work
from service.cli.doors import operators_door
from service.cli.kept_text import KEPT_TEXT
from service.cli.known import known_clinic
from service.cli.opening import open_transaction
from service.domain.access.clients import EhrClient, Registration
from service.store import clients as client_store

_CLINIC = click.option("--clinic", required=True, help="The clinic's name.")
_JWKS = click.option(
    "--jwks",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with the public keys, as a JSON Web Key Set.",
)


@click.group()
def clients() -> None:
    """EHRs that come in by their keys: SMART Backend Services and CDS Hooks."""


@clients.command("add")
@click.argument("name", type=KEPT_TEXT)
@_CLINIC
@_JWKS
@click.option("--scope", "scopes", multiple=True, help="The most that it may ask for; as often as needed.")
@click.option("--issuer", help="The name under which it calls CDS Hooks: the iss of its tokens.")
@click.option("--key-set-url", help="The jku that its tokens may name. Nothing is fetched from there.")
def add(
    name: str,
    clinic: str,
    jwks: Path,
    scopes: tuple[str, ...],
    issuer: str | None,
    key_set_url: str | None,
) -> None:
    """Register a client, whose NAME stands on records as the recorder, and show its id.

    \b
    Example:
      medication-checklist clients add "EHR of the ward" --clinic "Demo clinic" \\
          --jwks keys.json --scope 'system/*.rs' --issuer https://ehr.example/fhir
    """
    sent = Registration(name, _read(jwks), scopes, issuer, key_set_url)

    def act(work: Work) -> EhrClient:
        return add_client(work, sent)

    with operators_door(clinic) as door:
        click.echo(perform(door, act).id)


@clients.command("list")
@_CLINIC
def list_all(clinic: str) -> None:
    """List a clinic's clients with their scopes and the names of their keys.

    \b
    Example:
      medication-checklist clients list --clinic "Demo clinic"
    """
    with open_transaction() as connection:
        for client in client_store.list_clients(connection, known_clinic(connection, clinic).id):
            click.echo(_line(client))


@clients.command("revoke")
@_CLINIC
@click.argument("client_id", type=click.UUID)
def revoke(clinic: str, client_id: UUID) -> None:
    """Revoke a client; it and its tokens stop working at once.

    \b
    Example:
      medication-checklist clients revoke --clinic "Demo clinic" 01920000-0000-7000-8000-000000000000
    """
    with operators_door(clinic) as door:
        perform(door, lambda work: revoke_client(work, client_id))
    click.echo("Revoked.")


@clients.command("keys")
@_CLINIC
@_JWKS
@click.argument("client_id", type=click.UUID)
def keys(clinic: str, jwks: Path, client_id: UUID) -> None:
    """Replace a client's keys and end its tokens. To change them without a gap, give old and new first.

    \b
    Example:
      medication-checklist clients keys --clinic "Demo clinic" --jwks keys.json \\
          01920000-0000-7000-8000-000000000000
    """
    anew = _read(jwks)
    with operators_door(clinic) as door:
        perform(door, lambda work: replace_keys(work, client_id, anew))
    click.echo("Replaced.")


def _read(path: Path) -> object:
    """What a file says in JSON. Ends the command with status 2 where it says nothing."""
    try:
        return json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        raise click.BadParameter(f"{path} is not JSON.", param_hint="--jwks") from None


def _line(client: EhrClient) -> str:
    state = f"revoked {client.revoked_at:%Y-%m-%d %H:%M}" if client.revoked_at else "valid"
    known = {
        "scopes": " ".join(client.scopes),
        "keys": " ".join(key.key_id for key in client.keys),
        "issuer": client.issuer,
    }
    details = "; ".join(f"{what} {said}" for what, said in known.items() if said)
    return f"{client.id}  {state:<26} {client.name} ({details})"
