"""The words of the pages on which an administrator adds guidance for a treatment."""

from collections.abc import Mapping

GUIDANCE_PAGES: Mapping[str, str] = {
    # What there is.
    "guidance_page.what_it_is": (
        "Guidance is what sheets say of a treatment: statements that rest on numbered sentences of a "
        "document."
    ),
    "guidance_page.in_use": "In use",
    "guidance_page.none": "The clinic has no guidance yet.",
    "guidance_page.drafts": "Drafts",
    "guidance_page.no_drafts": "There is no draft.",
    "guidance_page.earlier": "Earlier and retired versions",
    "guidance_page.treatment": "Treatment",
    "guidance_page.document": "Document",
    "guidance_page.file": "File",
    "guidance_page.fingerprint": "Fingerprint of the file",
    "guidance_page.sentences": "Sentences in the document",
    "guidance_page.version": "Version",
    "guidance_page.statements_of_it": "Statements: {number}",
    "guidance_page.published": "Published",
    "guidance_page.published_by": "{date} by {name}",
    "guidance_page.changed": "Last change",
    "guidance_page.how_far": "How far it is",
    "guidance_page.far": (
        "Statements: {number}. Refused: {refused}. Compared with their sentences: {compared}."
    ),
    "guidance_page.is_in_use": "In use",
    "guidance_page.retired": "Retired on {date} by {name}",
    "guidance_page.replaced": "Replaced on {date} by {name}",
    "guidance_page.statements": "Statements",
    "guidance_page.statement": "Statement",
    "guidance_page.section": "Section of the sheet",
    "guidance_page.cites": "Rests on",
    "guidance_page.reviewed": "Compared with the document by {name} on {date}",
    "guidance_page.not_reviewed": "No review yet",
    "guidance_page.changed_since": "Changed since the review",
    "guidance_page.review_digest": "Fingerprint of the review",
    "guidance_page.refused": "Refused",
    "guidance_page.no_text": (
        "The text of the document is not on file. Only the numbers of its sentences are."
    ),
    "statement_section.tell": "To tell",
    "statement_section.why": "Why",
    "statement_section.report": "To report",
    "statement_section.follow_up": "To follow",
    "statement_section.about": "About the treatment (not on the sheet)",
    # A draft is begun.
    "guidance_page.new_draft": "New draft",
    "guidance_page.new_draft_more": (
        "A draft is seen by administrators only. No sheet says anything of it until it is published."
    ),
    "guidance_page.treatment_name": "Name of the treatment",
    "guidance_page.treatment_name_hint": "It stands on every sheet.",
    "guidance_page.treatment_id": "Short name for other systems",
    "guidance_page.treatment_id_hint": (
        "Small letters, numbers and dashes. Left empty, it is made from the name. "
        "A new edition of a document has the same short name as the one before."
    ),
    "guidance_page.document_title": "Title of the document",
    "guidance_page.document_title_hint": (
        "As it stands on the document. It stands on every sheet as its source."
    ),
    "guidance_page.language": "Language of the document",
    "guidance_page.language_hint": "The rules know these languages. Statements are in the same language.",
    "guidance_page.text": "Text of the document",
    "guidance_page.text_hint": (
        "Copy the whole text into this field, or choose a file with it. "
        "Leave an empty line between paragraphs, and a line for each entry of a list."
    ),
    "guidance_page.text_again_hint": (
        "The text that is on file stands here. For another edition, put the new text in its place."
    ),
    "guidance_page.text_file": "File with the text",
    "guidance_page.text_file_hint": (
        "A file of plain text, saved as {coding}. It goes before what stands in the field above."
    ),
    "guidance_page.begin": "Begin the draft",
    "guidance_page.draft_from": "New draft from it",
    "guidance_page.draft_from_title": "New draft from the guidance for {name}",
    "guidance_page.draft_from_more": (
        "The statements come along. With another text each of them needs a new review; "
        "what it rests on follows the words of its sentences to their new place."
    ),
    "guidance_page.no_text_to_draft": (
        "The text of this version is not on file. Put in the text that it was made from, or a new edition."
    ),
    # A draft.
    "guidance_page.draft": "Draft",
    "guidance_page.draft_title": "Draft: guidance for {name}",
    "guidance_page.change_document": "Change the title, the name or the text",
    "guidance_page.change_document_more": (
        "With another text each statement needs a new review. "
        "What it rests on follows the words of its sentences to their new place."
    ),
    "guidance_page.first_tick": (
        "There are no statements yet. Tick the sentences that the sheet is to say something of."
    ),
    "guidance_page.refused_first": "The rules refuse these statements. Each says why:",
    "guidance_page.compare_next": "Compare the next statement",
    "guidance_page.ready": "Each statement was compared with its sentences.",
    "guidance_page.add_statement": "Write a statement",
    "guidance_page.before_publishing": "Look at what would be published",
    "guidance_page.astray": "Statements that rest on no sentence of this text",
    "guidance_page.sentences_and_statements": "Sentences and statements",
    "guidance_page.tick_hint": (
        "Tick sentences, then press a button at the end. "
        "The statements begin in the words of their sentences; change them as needed."
    ),
    "guidance_page.paragraph": "Paragraph {number}",
    "guidance_page.uncited": "No statement rests on it",
    "guidance_page.also_cited": "Also under:",
    "guidance_page.make_each": "Make a statement of each ticked sentence",
    "guidance_page.make_together": "Write one statement of all that are ticked",
    "guidance_page.compare": "Compare with its sentences",
    "guidance_page.change": "Change",
    "guidance_page.remove": "Take out",
    "guidance_page.back": "Back to the draft for {name}",
    "guidance_page.changed_by": "Last change: {name}, {date}.",
    "guidance_page.delete": "Delete the draft",
    "guidance_page.delete_sure": "Delete the draft for {name}?",
    "guidance_page.delete_more": "Its statements are gone then. What was published stays as it is.",
    "guidance_page.was_deleted": "The draft was deleted.",
    # One statement.
    "guidance_page.change_statement": "Change a statement",
    "guidance_page.its_sentences": "The sentences that it rests on",
    "guidance_page.no_sentences_yet": "Write the numbers of its sentences, and show them here.",
    "guidance_page.statement_hint": (
        "Say what the sentences say, in their words and no more. It stands on the sheet as it is here."
    ),
    "guidance_page.cites_hint": "The numbers of the sentences, with a comma between them.",
    "guidance_page.section_hint": "Where it stands on the sheet.",
    "guidance_page.show_sentences": "Show these sentences",
    "guidance_page.all_sentences": "All sentences of the document",
    "guidance_page.as_it_is_now": "On file now:",
    "guidance_page.was_saved": "The statement was saved.",
    "guidance_page.remove_sure": "Take this statement out of the draft?",
    "guidance_page.was_removed": "The statement was taken out.",
    # The review.
    "guidance_page.look_for": "What no rule sees: look for each",
    "guidance_page.look_for_object": "Is something said of another thing than in the sentence?",
    "guidance_page.look_for_mixed": (
        "Do words of different sentences stand together that do not belong together?"
    ),
    "guidance_page.look_for_request": "Did a request become an offer, or go to somebody else?",
    "guidance_page.look_for_person": "Does another person act than in the sentence?",
    "guidance_page.look_for_fact": "Is something that is possible or wished told as a fact?",
    "guidance_page.look_for_left_out": "Was left out whom it is for, when, or on which condition?",
    "guidance_page.confirm_more": (
        "Your name, {name}, and the day stay with this statement. A later change of it takes the review away."
    ),
    "guidance_page.confirm": "I compared it: it says what its sentences say",
    "guidance_page.was_reviewed": "The review was recorded.",
    # Put to use, and out of use.
    "guidance_page.publish": "Publish",
    "guidance_page.publish_title": "Publish the guidance for {name}?",
    "guidance_page.replaces": "Replaces",
    "guidance_page.replaces_version": "Version {version}, published {date} by {name}",
    "guidance_page.replaces_nothing": "Nothing: there is no guidance in use under this short name",
    "guidance_page.open_sheets": "Open sheets made from it",
    "guidance_page.publish_more": (
        "New sheets are made from it at once. A version never changes; a change is a new version."
    ),
    "guidance_page.publish_marks": (
        "Sheets that were issued before stay as they are. "
        "The open ones say from now on that they were made from older guidance: {number}."
    ),
    "guidance_page.not_yet": "It cannot be published yet",
    "guidance_page.not_yet_more": (
        "Each statement has to keep to the rules and to be compared with its sentences."
    ),
    "guidance_page.was_published": "The guidance was published.",
    "guidance_page.retire": "Put out of use",
    "guidance_page.retire_sure": "Put the guidance for {name} out of use?",
    "guidance_page.retire_more": (
        "No new sheet is made from it until guidance under this short name is published again. "
        "Sheets that were issued before stay as they are and say so."
    ),
    "guidance_page.was_retired": "The guidance was put out of use.",
    # What is wrong with a field.
    "fault.not_text": (
        "This is no file of plain text, or it was saved in another coding. "
        "Save it as stands above, or copy the text into the field."
    ),
    "fault.lost_signs": "Signs of the text were lost on the way here. Copy it again from the document.",
    "fault.id_form": "Write small letters, numbers and dashes.",
    "fault.cites": "Write numbers as they stand before the sentences, with a comma between them.",
    "fault.nothing_ticked": "Tick a sentence first.",
    "fault.stale": (
        "Somebody else changed it meanwhile, and nothing was saved now. What you typed is still here: "
        "look at what is on file, then send it again."
    ),
    "fault.not_accepted": "The rules refuse it.",
    "fault.not_reviewed": "Not every statement was compared with its sentences.",
}
