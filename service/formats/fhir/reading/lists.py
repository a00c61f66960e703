"""A List: what it answers for one category. Only a List with our own category code answers anything."""

from service.domain.attribution import Informant
from service.domain.imports.sent import SentAnswer
from service.domain.medications.categories import PERSONS_ANSWERS, Answer, Category
from service.formats.fhir.codes import CATEGORY, CATEGORY_OF_CODE, UNCATEGORIZED_CODE
from service.formats.fhir.reading.document import Entry, Testimony
from service.formats.fhir.reading.empty_reasons import answer_of
from service.formats.fhir.reading.identifiers import codes_in
from service.formats.fhir.reading.leftovers import tell_if_cut, tell_leftovers
from service.formats.fhir.reading.list_entries import read_entries
from service.formats.fhir.reading.people import informant_in
from service.formats.fhir.reading.references import whose_of
from service.formats.fhir.reading.understood import NOTHING, Understood

_STATUSES = ("current", "retired", "entered-in-error")
_MODES = ("working", "snapshot", "changes")


def read_list(entry: Entry) -> Understood:
    """The answer that a List gives; its items are resources of their own."""
    root = entry.root
    status, mode = root.code("status"), root.code("mode")
    for name, word, words in (("status", status, _STATUSES), ("mode", mode, _MODES)):
        if word is not None and word not in words:
            entry.notes.refuse(root.at(name), "code-invalid", "Not one of R4's words for this.")
    if status in _STATUSES[1:]:
        entry.notes.tell(root.at("status"), "A List that is not in use says nothing; nothing changes.")
        return NOTHING
    answer = _answer(entry)
    category = _category(entry)
    if answer is None or category is None or entry.notes.refused:
        return NOTHING
    return _said(entry, category, answer)


def _category(entry: Entry) -> Category | None:
    concept = entry.root.part("code")
    codes = codes_in(concept, CATEGORY)
    if concept is None or not codes:
        detail = "Not a List of one of our categories: it answers for none; nothing changes."
        entry.notes.tell(entry.root.at("code"), detail)
        return None
    concept.take("text")
    if codes[0] not in CATEGORY_OF_CODE and codes[0] != UNCATEGORIZED_CODE:
        entry.notes.refuse(concept.place, "code-invalid", "Not one of our categories.")
    return CATEGORY_OF_CODE.get(codes[0])


def _answer(entry: Entry) -> Answer | None:
    """What the entries say or, where there is none, the reason for that."""
    root = entry.root
    reason, listed = root.part("emptyReason"), read_entries(entry)
    if reason is not None and root.parts("entry"):
        entry.notes.refuse(reason.place, "invariant", "A List with entries has no reason to be empty.")
        return None
    if listed.items and listed.negations:
        entry.notes.refuse(
            root.at("entry"), "invariant", "One entry says that nothing is taken; others do not."
        )
        return None
    if listed.items or listed.negations:
        return Answer.ITEMS_REPORTED if listed.items else Answer.NONE_REPORTED
    answer = answer_of(reason) if reason else None
    if answer in (None, Answer.NOT_ASKED):
        entry.notes.tell(root.place, "An empty List that gives no answer: nothing changes.")
        return None
    return answer


def _said(entry: Entry, category: Category, answer: Answer) -> Understood:
    """The answer with who gave it; without that, nobody's "none" is taken for a person's."""
    source = entry.root.part("source")
    told = entry.document.testimonies.get(entry.number, Testimony())
    informant = informant_in(source, entry) if source else told.informant
    if answer in PERSONS_ANSWERS and not _by_somebody(entry, informant):
        return NOTHING
    whose = whose_of(entry)
    tell_if_cut(entry.root)
    if whose is None or entry.notes.refused:
        return NOTHING
    tell_leftovers(entry.root)
    return Understood(SentAnswer(category, answer, informant, told.collection_mode), whose)


def _by_somebody(entry: Entry, informant: Informant | None) -> bool:
    """Whether somebody said it, in a List that is in use and whole."""
    root = entry.root
    if informant is None:
        detail = "Nobody is named who said it: no answer; nothing changes."
        entry.notes.warn(root.at("source"), "required", detail)
        return False
    if root.code("status") is None or root.code("mode") in (None, "changes"):
        detail = (
            "Only a current List in mode snapshot or working says that there is nothing; nothing changes."
        )
        entry.notes.warn(root.at("mode"), "business-rule", detail)
        return False
    return True
