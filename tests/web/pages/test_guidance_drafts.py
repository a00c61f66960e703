"""Guidance for another treatment by the pages alone: begun, mended, compared, published, put out of use."""

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from service.domain.access.permissions import Role
from service.store.database import Database, Reach
from tests.people import add_person
from tests.stored import whole_database
from tests.web.conftest import PASSWORD, ClinicOfTests
from tests.web.pages.conftest import Browser, forms_of, text_of
from tests.web.pages.drafts import (
    GUIDANCE,
    LEAFLET,
    NAMES,
    NEW,
    TELL,
    add,
    begin,
    publish,
    review_all_one_by_one,
)


@pytest.fixture
def draft(administrator: Browser) -> str:
    """The address of a draft without statements."""
    return begin(administrator)


@pytest.fixture
def another_administrator(
    new_browser: Callable[[], Browser], clinic: ClinicOfTests, database: Database
) -> Browser:
    with database.transaction(Reach.ALL) as connection:
        now = datetime.now(UTC)
        add_person(
            connection, clinic.id, Role.ADMINISTRATOR, "other.02", "Test Administrator 02", PASSWORD, now
        )
    opened = new_browser()
    assert opened.log_in("other.02").status_code == 302
    return opened


def test_a_text_becomes_guidance_in_use(administrator: Browser, draft: str) -> None:
    # Given a statement that is accepted
    assert add(administrator, draft).status_code == 303

    # When it is compared and published
    assert review_all_one_by_one(administrator, draft) == 1
    version = administrator.follow(publish(administrator, draft))

    # Then the version shows it with its sentence, who compared it and the digest; the draft is gone
    said = text_of(version)
    assert TELL["text"] in said
    assert "Tell your doctor about every medicine you take before starting treatment." in said
    assert "by Test Administrator 01 on" in said
    assert re.search(r"Fingerprint of the review: [0-9a-f]{64}\.[0-9a-f]{16}", said)
    assert administrator.get(draft).status_code == 404
    overview = text_of(administrator.get(GUIDANCE))
    assert "Examplinib: a leaflet" in overview
    assert "There is no draft." in overview


def test_each_refusal_stands_at_its_statement_in_the_words_of_the_command(
    administrator: Browser, draft: str
) -> None:
    led = add(administrator, draft, text="Examplinib interacts with other medicines.", cites="2.1")

    # The statement is kept as it was typed, and its page says why it is refused.
    page = administrator.follow(led)
    assert "Rule 5 (no hardening)" in text_of(page)
    assert any(
        form.values.get("text") == "Examplinib interacts with other medicines." for form in forms_of(page)
    )
    assert "Refused: 1." in text_of(administrator.get(draft))


def test_what_is_refused_cannot_be_reviewed_or_published(administrator: Browser, draft: str) -> None:
    add(administrator, draft, text="Stop every supplement.")
    review = f"{draft}/statements/statement-1/review"

    assert "I compared it" not in text_of(administrator.get(review))
    sent = administrator.send(administrator.get(draft), draft)  # a token, and nothing ticked
    assert sent.status_code == 422
    token = next(form.values["csrf_token"] for form in forms_of(administrator.get(draft)))
    assert administrator.post(review, {"csrf_token": token, "-digest": "0" * 64}).status_code == 409
    assert "It cannot be published yet" in text_of(administrator.get(f"{draft}/publish"))
    refused = administrator.post(f"{draft}/publish", {"csrf_token": token, "-revision": "2"})
    assert refused.status_code == 409
    assert "The rules refuse it." in text_of(refused)


def test_looking_reviews_nothing_and_a_confirmation_reviews_one(administrator: Browser, draft: str) -> None:
    add(administrator, draft)
    add(administrator, draft, text="Tell your doctor about every medicine.")
    first, second = (f"{draft}/statements/statement-{n}/review" for n in (1, 2))
    for review in (first, second, first):
        administrator.get(review)
    assert "Compared with their sentences: 0." in text_of(administrator.get(draft))

    led = administrator.send(administrator.get(first), first)

    assert led.location == second
    assert "Compared with their sentences: 1." in text_of(administrator.get(draft))


def test_a_later_change_takes_a_review_away(administrator: Browser, draft: str) -> None:
    add(administrator, draft)
    review_all_one_by_one(administrator, draft)
    address = f"{draft}/statements/statement-1"

    administrator.send(administrator.get(address), address, text="Tell your doctor about every medicine.")

    page = text_of(administrator.get(draft))
    assert "Changed since the review" in page
    assert "Compared with their sentences: 0." in page


def test_of_two_administrators_the_second_is_told_and_keeps_what_was_typed(
    administrator: Browser, another_administrator: Browser, draft: str
) -> None:
    # Given two who have the form of one statement open
    add(administrator, draft)
    address = f"{draft}/statements/statement-1"
    mine, theirs = administrator.get(address), another_administrator.get(address)

    # When both save
    another_administrator.send(theirs, address, text="Tell your doctor about every medicine.")
    answer = administrator.send(mine, address, text="Tell your doctor about medicines.")

    # Then the second is told who was first and what is on file, and can send it again
    assert answer.status_code == 409
    said = text_of(answer)
    assert "Somebody else changed it meanwhile" in said
    assert "Test Administrator 02" in said
    assert "On file now: Tell your doctor about every medicine." in said
    assert next(f for f in forms_of(answer) if f.action == address).values["text"] == (
        "Tell your doctor about medicines."
    )
    assert administrator.send(answer, address).status_code == 303


def test_what_was_shown_is_what_is_confirmed(
    administrator: Browser, another_administrator: Browser, draft: str
) -> None:
    add(administrator, draft)
    address = f"{draft}/statements/statement-1"
    shown = administrator.get(f"{address}/review")
    another_administrator.send(
        another_administrator.get(address), address, text="Tell your doctor about every medicine."
    )

    assert administrator.send(shown, f"{address}/review").status_code == 409
    assert "Compared with their sentences: 0." in text_of(administrator.get(draft))


def test_ticked_sentences_become_statements_in_their_own_words(administrator: Browser, draft: str) -> None:
    page = administrator.get(draft)

    made = administrator.send(page, draft, {"-ticked/2.1": "yes", "-ticked/2.2": "yes", "-do": "each"})

    said = text_of(administrator.follow(made))
    assert "Statements: 2. Refused: 0." in said
    assert said.count("No statement rests on it") == 1


def test_one_statement_of_several_ticked_sentences_is_written_with_them_in_view(
    administrator: Browser, draft: str
) -> None:
    page = administrator.get(draft)

    led = administrator.send(page, draft, {"-ticked/2.1": "yes", "-ticked/2.2": "yes", "-do": "together"})

    form = next(f for f in forms_of(administrator.follow(led)) if f.action == f"{draft}/statements")
    assert form.values["cites"] == "2.1, 2.2"
    assert "Examplinib may interact" in form.values["text"]
    assert "Statements: 0." in text_of(administrator.get(draft))


def test_the_same_form_sent_twice_makes_one(administrator: Browser, database: Database) -> None:
    form = administrator.get(NEW)
    first, second = (administrator.send(form, NEW, {**NAMES, "-text": LEAFLET}) for _ in range(2))
    assert first.location == second.location
    draft = first.location
    form = administrator.get(f"{draft}/statements")
    for _ in range(2):
        assert administrator.send(form, f"{draft}/statements", TELL).status_code == 303

    assert "Statements: 1." in text_of(administrator.get(draft))


def upload(administrator: Browser, name: str, content: bytes, **fields: str):  # type: ignore[no-untyped-def]
    form = next(form for form in forms_of(administrator.get(NEW)) if form.action == NEW)
    sent = {**form.values, **NAMES, **fields, "-file": (io.BytesIO(content), name)}
    return administrator.post(NEW, sent, content_type="multipart/form-data")  # type: ignore[arg-type]


def test_a_file_is_kept_byte_for_byte_but_for_a_mark_before_it(
    administrator: Browser, database: Database
) -> None:
    text = LEAFLET.replace("\n", "\r\n")

    made = upload(administrator, "C:\\leaflets\\leaflet.txt", b"\xef\xbb\xbf" + text.encode())

    assert made.status_code == 303
    assert [row["text"] for row in whole_database(database)["source_documents"]] == [text]
    assert "2.2 Tell your doctor" in text_of(administrator.get(made.location))


@pytest.mark.parametrize(
    "content",
    [LEAFLET.encode("utf-16"), "niño".encode("latin-1"), b"%PDF-1.7\n\xe2\xe3\xcf\xd3", b"PK\x03\x04\0\0"],
    ids=["UTF-16", "Latin-1", "PDF", "a word processor's"],
)
def test_a_file_of_another_kind_is_refused_and_nothing_typed_is_lost(
    administrator: Browser, content: bytes
) -> None:
    page = upload(administrator, "leaflet.doc", content, **{"-text": "What was typed."})

    assert page.status_code == 422
    assert "This is no file of plain text" in text_of(page)
    values = next(form for form in forms_of(page) if form.action == NEW).values
    assert values["title"] == NAMES["title"]
    assert values["-text"].strip() == "What was typed."


def test_the_text_of_a_file_stays_where_another_field_is_at_fault(administrator: Browser) -> None:
    page = upload(administrator, "leaflet.txt", LEAFLET.encode(), title="")

    assert page.status_code == 422
    values = next(form for form in forms_of(page) if form.action == NEW).values
    assert values["-text"].split() == LEAFLET.split()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"-text": " "}, "Text of the document: This is needed."),
        ({"-text": "Cura\ufffd\ufffdo."}, "Text of the document: Signs of the text were lost"),
        ({"language": "de"}, "Language of the document: Choose one of these."),
        ({"treatment_name": "药"}, "Short name for other systems: Write small letters"),
        ({"treatment_id": "Two Words"}, "Short name for other systems: Write small letters"),
    ],
)
def test_what_is_wrong_with_a_new_draft_is_said_at_its_field(
    administrator: Browser, fields: dict[str, str], said: str
) -> None:
    page = administrator.send(administrator.get(NEW), NEW, {**NAMES, "-text": LEAFLET, **fields})

    assert page.status_code == 422
    assert said in text_of(page)


def test_a_new_edition_carries_statements_to_where_their_sentences_stand_now(
    administrator: Browser, draft: str
) -> None:
    # Given guidance in use
    add(administrator, draft)
    review_all_one_by_one(administrator, draft)
    version = publish(administrator, draft).location

    # When a draft is begun from it with another edition of the text
    address = f"{version}/draft"
    edition = LEAFLET.replace("Examplinib may", "It is new. Examplinib may")
    led = administrator.send(administrator.get(address), address, {"-text": edition})

    # Then the citation has followed its sentence, and the statement waits for a review
    page = text_of(administrator.follow(led))
    assert "Rests on: 2.3" in page
    assert "Statements: 1. Refused: 0. Compared with their sentences: 0." in page


def test_a_draft_on_the_same_text_keeps_its_reviews(administrator: Browser, draft: str) -> None:
    add(administrator, draft)
    review_all_one_by_one(administrator, draft)
    address = f"{publish(administrator, draft).location}/draft"

    led = administrator.send(administrator.get(address), address)

    assert "Compared with their sentences: 1." in text_of(administrator.follow(led))


def test_what_is_published_can_be_put_out_of_use_and_stays_to_be_read(
    administrator: Browser, draft: str
) -> None:
    add(administrator, draft)
    review_all_one_by_one(administrator, draft)
    version = publish(administrator, draft).location
    retire = f"{GUIDANCE}/treatments/examplinib/retire"

    assert administrator.send(administrator.get(retire), retire).status_code == 303

    overview = text_of(administrator.get(GUIDANCE))
    assert "Retired on" in overview
    assert "Retired on" in text_of(administrator.get(version))


def test_publishing_says_what_it_replaces_and_how_many_sheets_it_marks(
    administrator: Browser, draft: str, clinic: ClinicOfTests
) -> None:
    add(administrator, draft)

    page = text_of(administrator.get(f"{draft}/publish"))

    assert re.search(r"Replaces Version [0-9a-f]{12}", page)
    assert "Open sheets made from it 0" in page


def test_a_draft_is_deleted_only_when_asked_twice(administrator: Browser, draft: str) -> None:
    ask = f"{draft}/delete"
    assert administrator.get(ask).status_code == 200
    assert administrator.get(draft).status_code == 200

    administrator.send(administrator.get(ask), ask)

    assert administrator.get(draft).status_code == 404


def test_another_clinics_draft_is_not_there(
    administrator: Browser,
    other_clinic: ClinicOfTests,
    new_browser: Callable[[], Browser],
    database: Database,
) -> None:
    with database.transaction(Reach.ALL) as connection:
        add_person(
            connection,
            other_clinic.id,
            Role.ADMINISTRATOR,
            "other.03",
            "Test Administrator 03",
            PASSWORD,
            datetime.now(UTC),
        )
    theirs = new_browser()
    theirs.log_in("other.03")
    draft = begin(theirs)
    add(theirs, draft)

    for path in ("", "/document", "/publish", "/delete", "/statements", "/statements/statement-1"):
        assert administrator.get(draft + path).status_code == 404


def test_nobody_but_an_administrator_sees_drafts(nurse: Browser, draft: str) -> None:
    assert nurse.get(GUIDANCE).status_code == 200
    assert "Drafts" not in text_of(nurse.get(GUIDANCE))
    assert nurse.get(draft).status_code == 403
    assert nurse.get(NEW).status_code == 403


def test_the_record_names_drafts_statements_and_digests_and_no_text(
    administrator: Browser, draft: str, database: Database
) -> None:
    add(administrator, draft)
    review_all_one_by_one(administrator, draft)
    events = [
        row for row in whole_database(database)["audit_events"] if "guidance_draft/" in str(row["subject"])
    ]

    assert [event["action"] for event in events] == [
        "begin_guidance_draft",
        "change_guidance_draft",
        "review_statement",
    ]
    assert all("doctor" not in str(event) for event in events)
    assert re.fullmatch(r"[0-9a-f]{64}\.[0-9a-f]{16}", events[-1]["details"]["digest"])
