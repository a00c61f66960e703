"""The treatments of one sheet: one, or several that share the list and its sections.

A sheet for several goes by a key of its own, so that what is signed and marked on it holds on every sheet for
the same treatments, and on no other.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping

MOST_TREATMENTS = 5
"""More documents than these nobody reads on one sheet."""

JOINS = "+"
"""What joins the ids in the key of several treatments; no id has it."""


def treatment_key(treatment_ids: Iterable[str]) -> str:
    """What a sheet for these treatments goes by: the id of one; of several their ids in order, joined by "+".

    An id is made of small letters, digits and hyphens, so that no key is a treatment's id.
    """
    return JOINS.join(sorted(treatment_ids))


def treatments_in(key: str) -> tuple[str, ...]:
    """The ids of the treatments that a key stands for, in order."""
    return tuple(key.split(JOINS))


def names_together(names: Iterable[str]) -> str:
    """What several treatments are called together."""
    return f" {JOINS} ".join(names)


def version_together(versions: Mapping[str, str]) -> str:
    """The version of the guidance of several treatments: the SHA-256 (hex) of theirs, by treatment."""
    return hashlib.sha256(json.dumps(versions, sort_keys=True).encode()).hexdigest()
