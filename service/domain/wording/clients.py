"""The words of the administrator's page of other systems that come in by their keys.

What the standards call things (``ES384``, ``system/*.rs``) fills the places: no language has its own word.
"""

from collections.abc import Mapping

CLIENTS: Mapping[str, str] = {
    "administration.clients": "Other systems",
    "clients_page.about": (
        "An EHR that is registered here comes in with what it signs, and has no key of this service. Put in "
        "its public keys; the number and the addresses on this page are for those who look after it."
    ),
    "clients_page.add": "Register a system",
    "clients_page.added": "The system was registered. Its number stands in the table.",
    "clients_page.name_hint": "It stands on records as who recorded.",
    "clients_page.id": "Number ({client})",
    "clients_page.valid": "Valid since {date}",
    "clients_page.scopes": "Scopes",
    "clients_page.scopes_hint": (
        "What the system can ask for, with a space between: {read} reads everything, {write} also writes."
    ),
    "clients_page.keys": "Public keys",
    "clients_page.keys_hint": "The set of its keys ({jwks}), for {algorithms}. Never a private key.",
    "clients_page.issuer": "Name in {hooks} ({iss})",
    "clients_page.issuer_hint": "Leave it empty for a system that only uses {fhir}.",
    "clients_page.calls_hooks": "Name in {hooks}:",
    "clients_page.key_set_url": "Address of its keys ({jku})",
    "clients_page.key_set_url_hint": (
        "Only for a system that names it in what it signs. Nothing is ever read from there."
    ),
    "clients_page.other_keys": "Other keys",
    "clients_page.keys_title": "Other keys for {name}",
    "clients_page.keys_now": "Keys now:",
    "clients_page.keys_replace_hint": (
        "Only these are valid then. Put in the old and the new ones together while the system changes "
        "over. Its access of the moment ends; it asks for it anew by itself."
    ),
    "clients_page.keys_replaced": "The keys were saved.",
    "clients_page.sure": "Revoke the registration of {name}?",
    "clients_page.sure_more": "The system and its access of the moment stop at once.",
    "clients_page.ended": "The registration was revoked.",
    "clients_page.addresses": "Addresses for those who look after the system",
    "clients_page.token_address": "Address for access ({aud})",
    "clients_page.fhir_address": "Address of {fhir}",
    "clients_page.hooks_address": "Address of {hooks}",
    "fault.key_set": "This is not a set of keys.",
    "fault.private_key": "There is a private key in it. Put in public keys only; that one is to be changed.",
    "fault.key_id": "Each key has a name of its own.",
    "fault.key_kind": "There is a key in it that is of no use here.",
    "fault.scope": "Write scopes of a system. A system without scopes has a name.",
    "fault.issuer": "Write one word, without a space.",
    "fault.issuer_taken": "Another system has this name.",
    "fault.address": "Write a whole address, as a browser shows it.",
}
