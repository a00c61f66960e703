"""Guidance: publish a checked file for a clinic, list the treatments, read one."""

import snowballstemmer

from service.actions.work import Work
from service.domain.access import Permission
from service.domain.audit import AuditAction
from service.domain.errors import ConflictError, NotFoundError
from service.domain.guidance import Guidance, PublicationAct
from service.domain.guidance_check import check
from service.domain.guidance_languages import language_of
from service.domain.guidance_words import Stem
from service.store import guidance as guidance_store
from service.store.guidance import Publication, PublishedGuidance


def stem_of(language: str) -> Stem:
    """What gives the stem of a word of a language, by its BCP 47 tag.

    The check refuses a language that it does not know, so that a word of one is its own stem.
    """
    known = language_of(language)
    return snowballstemmer.stemmer(known.stemmer).stemWord if known else str


def list_treatments(work: Work) -> tuple[PublishedGuidance, ...]:
    """The guidance in use of each treatment of the clinic."""
    work.require(Permission.READ_TREATMENTS)
    return tuple(guidance_store.list_guidance(work.connection, work.clinic_id))


def get_treatment(work: Work, treatment_id: str) -> PublishedGuidance:
    """The guidance in use of one treatment. Raises NotFoundError."""
    work.require(Permission.READ_TREATMENTS)
    return known_guidance(work, treatment_id)


def publish_guidance(work: Work, guidance: Guidance, document: str) -> PublishedGuidance:
    """Check a guidance against its document's text and make it the clinic's latest for its treatment.

    Raises ConflictError (``not_accepted``, ``not_reviewed``) naming the statements that are refused, or that
    no person reviewed in their present text and beside their sentences as they are numbered now.
    """
    work.require(Permission.PUBLISH_GUIDANCE)
    report = check(guidance, document, stem_of(guidance.document.language))
    refused = [statement.id for statement in report.statements if not statement.accepted]
    if refused:
        raise ConflictError(f"Refused by the check: {', '.join(refused)}.", code="not_accepted")
    not_reviewed = [statement.id for statement in report.statements if not statement.is_reviewed]
    if not_reviewed:
        raise ConflictError(f"Not reviewed: {', '.join(not_reviewed)}.", code="not_reviewed")
    return publish_shipped_guidance(work, guidance)


def publish_shipped_guidance(work: Work, guidance: Guidance) -> PublishedGuidance:
    """Make a guidance that came with this release, and was checked with it, the clinic's latest.

    The same guidance twice is one version. Raises ConflictError (``not_reviewed``).
    """
    work.require(Permission.PUBLISH_GUIDANCE)
    if guidance.unreviewed:
        raise ConflictError(f"Not reviewed: {', '.join(guidance.unreviewed)}.", code="not_reviewed")
    version = guidance.version
    latest = guidance_store.load_guidance(work.connection, work.clinic_id, guidance.treatment.id)
    if latest is None or latest.version != version:
        name, treatment_id = work.actor.name, guidance.treatment.id
        act = Publication(work.new_id(), treatment_id, version, PublicationAct.PUBLISH, work.now, name)
        guidance_store.insert_version(work.connection, work.clinic_id, guidance, version, work.now, name)
        guidance_store.insert_publication(work.connection, work.clinic_id, act)
        work.record(AuditAction.PUBLISH_GUIDANCE, subject=f"guidance/{guidance.treatment.id}/{version}")
    return known_guidance(work, guidance.treatment.id)


def known_guidance(work: Work, treatment_id: str) -> PublishedGuidance:
    """The clinic's guidance in use for a treatment. Raises NotFoundError."""
    published = guidance_store.load_guidance(work.connection, work.clinic_id, treatment_id)
    if published is None:
        raise NotFoundError("There is no guidance for such a treatment.")
    return published
