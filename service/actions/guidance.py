"""Guidance: publish a checked file for a clinic, retire it, list the treatments and every version on file."""

import re
from datetime import timedelta

from service.actions.stems import stem_of
from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.audit.events import AuditAction
from service.domain.errors import ConflictError, NotFoundError
from service.domain.guidance.check import check
from service.domain.guidance.publications import (
    GuidanceVersion,
    Publication,
    PublicationAct,
    PublishedGuidance,
)
from service.domain.guidance.report import UnpublishableError
from service.domain.guidance.statements import Guidance
from service.store import guidance as guidance_store
from service.store import guidance_drafts as draft_store
from service.store import guidance_versions as version_store

_NO_GUIDANCE = "There is no guidance for such a treatment."
_NAMES_A_VERSION = re.compile(r"[0-9a-f]{8,64}")


def list_treatments(work: Work) -> tuple[PublishedGuidance, ...]:
    """The guidance in use of each treatment of the clinic."""
    work.require(Permission.READ_TREATMENTS)
    return tuple(guidance_store.list_guidance(work.connection, work.clinic_id))


def get_treatment(work: Work, treatment_id: str) -> PublishedGuidance:
    """The guidance in use of one treatment. Raises NotFoundError."""
    work.require(Permission.READ_TREATMENTS)
    return known_guidance(work, treatment_id)


def list_versions(work: Work, treatment_id: str | None = None) -> tuple[GuidanceVersion, ...]:
    """Every version that was published, of the clinic or of one treatment; empty where there is none."""
    work.require(Permission.READ_TREATMENTS)
    return version_store.list_versions(work.connection, work.clinic_id, treatment_id)


def get_version(work: Work, treatment_id: str, version: str) -> GuidanceVersion:
    """One version of a treatment, in use or not: by its digest, or by at least 8 digits as it alone begins.

    Raises NotFoundError.
    """
    work.require(Permission.READ_TREATMENTS)
    if not _NAMES_A_VERSION.fullmatch(version):
        raise NotFoundError("There is no such version.")
    return version_store.find_version(work.connection, work.clinic_id, treatment_id, version)


def publish_guidance(work: Work, guidance: Guidance, document: str) -> PublishedGuidance:
    """Check a guidance against its document's text and make it the clinic's latest for its treatment.

    The text is kept, so that a next version can be made from it. Raises UnpublishableError unless each
    statement is accepted, and was reviewed in its present text and beside its sentences as they are numbered
    now.
    """
    work.require(Permission.PUBLISH_GUIDANCE)
    if not guidance.statements:
        raise ConflictError("There is no statement in it.", code="not_accepted")
    report = check(guidance, document, stem_of(guidance.document.language))
    if not (report.accepted and report.reviewed):
        raise UnpublishableError(report)
    sha256, name = guidance.document.sha256, work.actor.name
    draft_store.insert_document(work.connection, work.clinic_id, sha256, document, work.now, name)
    return publish_shipped_guidance(work, guidance)


def publish_shipped_guidance(work: Work, guidance: Guidance) -> PublishedGuidance:
    """Make a guidance that came with this release, and was checked with it, the clinic's latest.

    The same guidance twice is one version. Raises ConflictError (``not_reviewed``).
    """
    work.require(Permission.PUBLISH_GUIDANCE)
    if guidance.unreviewed:
        raise ConflictError(f"Not reviewed: {', '.join(guidance.unreviewed)}.", code="not_reviewed")
    version, treatment_id = guidance.version, guidance.treatment.id
    last = guidance_store.load_last_act(work.connection, work.clinic_id, treatment_id)
    if last is None or (last.version, last.act) != (version, PublicationAct.PUBLISH):
        guidance_store.insert_version(
            work.connection, work.clinic_id, guidance, version, work.now, work.actor.name
        )
        _keep_act(work, treatment_id, version, PublicationAct.PUBLISH, last)
        work.record(AuditAction.PUBLISH_GUIDANCE, subject=f"guidance/{treatment_id}/{version}")
    return known_guidance(work, treatment_id)


def retire_guidance(work: Work, treatment_id: str) -> Publication:
    """Put a treatment's guidance out of use: no checklist is issued from it until one is published again.

    What was issued stays as it is. Raises NotFoundError for a treatment without guidance, and ConflictError
    (``already_retired``).
    """
    work.require(Permission.PUBLISH_GUIDANCE)
    last = guidance_store.load_last_act(work.connection, work.clinic_id, treatment_id)
    if last is None:
        raise NotFoundError(_NO_GUIDANCE)
    if last.act is PublicationAct.RETIRE:
        raise ConflictError(retired_detail(last), code="already_retired")
    retired = _keep_act(work, treatment_id, last.version, PublicationAct.RETIRE, last)
    work.record(AuditAction.RETIRE_GUIDANCE, subject=f"guidance/{treatment_id}/{last.version}")
    return retired


def known_guidance(work: Work, treatment_id: str) -> PublishedGuidance:
    """The clinic's guidance in use for a treatment. Raises NotFoundError, which tells of retired guidance."""
    published = guidance_store.load_guidance(work.connection, work.clinic_id, treatment_id)
    if published is None:
        last = guidance_store.load_last_act(work.connection, work.clinic_id, treatment_id)
        raise NotFoundError(retired_detail(last) if last else _NO_GUIDANCE)
    return published


def retired_detail(retired: Publication) -> str:
    """Says that a treatment's guidance is no longer used, and since when (the day in UTC)."""
    return f"The guidance for this treatment was retired on {retired.at:%Y-%m-%d} (UTC)."


def _keep_act(
    work: Work, treatment_id: str, version: str, act: PublicationAct, last: Publication | None
) -> Publication:
    """Keep what is done now. It is later than the last act, also where the clock is not."""
    at = max(work.now, last.at + timedelta(microseconds=1)) if last else work.now
    done = Publication(work.new_id(), treatment_id, version, act, at, work.actor.name)
    guidance_store.insert_publication(work.connection, work.clinic_id, done)
    return done
