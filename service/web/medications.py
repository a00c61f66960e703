"""The medication list over HTTP: whole with its ETag, item by item, by category, and its versions."""

from typing import Any
from uuid import UUID

from flask import Response, request
from werkzeug.exceptions import PreconditionRequired

from service.actions import list_history
from service.actions import medications as actions
from service.actions.medications import ListAndGaps
from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.attribution import attribution_document
from service.domain.checklists.state import changes_document
from service.domain.errors import NotFoundError
from service.domain.medications.categories import Category
from service.domain.wording import ENGLISH_CATALOGUE
from service.formats.medication_list import list_document
from service.store.idempotency import Reply
from service.store.medications import ListVersionSummary
from service.web.auth import needs
from service.web.blueprint import Blueprint
from service.web.current import run, run_once
from service.web.queries import DifferenceQuery, PageQuery, VersionQuery
from service.web.replies import page, reply, response, sent_version, version_before, version_tag
from service.web.reply_schemas.medications import DifferenceReply, ListVersionReply, MedicationListReply
from service.web.reply_schemas.shared import page_of
from service.web.schemas.medications import (
    CategoryAnswerSchema,
    EnteredInErrorSchema,
    ItemChangesSchema,
    NewItemSchema,
    WholeListSchema,
    facts_from,
    whole_list_from,
)
from service.web.sent_items import attribution_of, facts_of

blueprint = Blueprint(
    "medications",
    __name__,
    url_prefix="/v1/patients/<uuid:patient_id>/medication-list",
    description="Medication lists",
)


@blueprint.route("", methods=["GET"])
@needs(Permission.READ_LISTS)
@blueprint.arguments(VersionQuery, location="query")
@blueprint.response(200, MedicationListReply)
def get_list(query: dict[str, Any], patient_id: UUID) -> Response:
    """Read the list; its ETag is its version. With ``version``, an earlier one, whole."""
    found = run(lambda work: actions.get_list(work, patient_id, query["version"]))
    return _response(found)


@blueprint.route("", methods=["PUT"])
@needs(Permission.WRITE_LISTS)
@blueprint.arguments(WholeListSchema)
@blueprint.response(200, MedicationListReply)
def put_list(sent: dict[str, Any], patient_id: UUID) -> Response:
    """Replace the whole list. Needs If-Match with the version it was made from.

    Items that it leaves out are kept as "on an earlier list, not on the latest".
    """
    if "If-Match" not in request.headers:
        raise PreconditionRequired
    whole = whole_list_from(sent)
    return _response(
        run(
            lambda work: actions.put_list(
                work, patient_id, whole, attribution_of(work, sent), made_from=sent_version()
            )
        )
    )


@blueprint.route("/items", methods=["POST"])
@needs(Permission.WRITE_LISTS)
@blueprint.arguments(NewItemSchema)
@blueprint.response(201, MedicationListReply)
def post_item(sent: dict[str, Any], patient_id: UUID) -> Response:
    """Put one item more on the list."""

    def act(work: Work) -> Reply:
        attribution = attribution_of(work, sent)
        facts = facts_from(facts_of(sent))
        found = actions.add_item(work, patient_id, facts, attribution, made_from=sent_version())
        return reply(list_document(*found), 201, ETag=version_tag(found[0].version))

    return run_once(act)


@blueprint.route("/items/<uuid:item_id>", methods=["PATCH"])
@needs(Permission.WRITE_LISTS)
@blueprint.arguments(ItemChangesSchema)
@blueprint.response(200, MedicationListReply)
def patch_item(sent: dict[str, Any], patient_id: UUID, item_id: UUID) -> Response:
    """Change some facts of an item. An item of an earlier list is back on the latest."""
    changes = facts_of(sent)
    if "codings" in changes:
        changes["codings"] = tuple(changes["codings"])
    return _response(
        run(
            lambda work: actions.change_item(
                work, patient_id, item_id, changes, attribution_of(work, sent), made_from=sent_version()
            )
        )
    )


@blueprint.route("/items/<uuid:item_id>", methods=["DELETE"])
@needs(Permission.WRITE_LISTS)
@blueprint.arguments(EnteredInErrorSchema)
@blueprint.response(200, MedicationListReply)
def delete_item(sent: dict[str, Any], patient_id: UUID, item_id: UUID) -> Response:
    """Mark an item as entered in error, with the reason. Its row is kept."""
    reason = sent["reason"]
    return _response(
        run(
            lambda work: actions.mark_entered_in_error(
                work, patient_id, item_id, reason, made_from=sent_version()
            )
        )
    )


@blueprint.route("/categories/<category>", methods=["PUT"])
@needs(Permission.WRITE_LISTS)
@blueprint.arguments(CategoryAnswerSchema)
@blueprint.response(200, MedicationListReply)
@blueprint.doc(
    parameters=[
        {
            "in": "path",
            "name": "category",
            "required": True,
            "schema": {"type": "string", "enum": [category.value for category in Category]},
        }
    ]
)
def put_category(sent: dict[str, Any], patient_id: UUID, category: str) -> Response:
    """Record what was answered for a category."""
    if category not in set(Category):
        raise NotFoundError("There is no such category.")
    return _response(
        run(
            lambda work: actions.answer_category(
                work,
                patient_id,
                Category(category),
                sent["answer"],
                attribution_of(work, sent),
                made_from=sent_version(),
            )
        )
    )


@blueprint.route("/versions", methods=["GET"])
@needs(Permission.READ_LISTS)
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, page_of(ListVersionReply))
def list_versions(query: dict[str, Any], patient_id: UUID) -> Response:
    """Page through the list's versions, newest first."""
    before = version_before(query["cursor"])
    found = run(lambda work: list_history.list_versions(work, patient_id, before, query["limit"]))
    return page(found, _version_document, "version")


@blueprint.route("/difference", methods=["GET"])
@needs(Permission.READ_LISTS)
@blueprint.arguments(DifferenceQuery, location="query")
@blueprint.response(200, DifferenceReply)
def get_difference(query: dict[str, Any], patient_id: UUID) -> Response:
    """What changed from one version to another."""
    found = run(
        lambda work: list_history.compare_versions(
            work, patient_id, query["from_version"], query["to_version"]
        )
    )
    return response(changes_document(found, ENGLISH_CATALOGUE))


def _version_document(version: ListVersionSummary) -> dict[str, Any]:
    return {
        "version": version.version,
        "items": version.item_count,
        "attribution": attribution_document(version.attribution),
    }


def _response(found: ListAndGaps) -> Response:
    return response(list_document(*found), ETag=version_tag(found[0].version))
