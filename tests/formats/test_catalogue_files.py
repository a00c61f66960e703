"""Catalogues as a translator leaves them: what may be shown is shown, and for the rest the English stands."""

from pathlib import Path

import pytest

from service.domain.wording import ENGLISH
from service.formats.catalogue_files import (
    FOLDER,
    CatalogueFileError,
    file_in_step,
    read_catalogue,
    read_catalogues,
    shipped_catalogues,
    unshown_entries,
)

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
PAGE = "sheet.page"


def entry(translation: str, *, key: str = PAGE, english: str | None = None, above: str = "") -> str:
    english = ENGLISH[key] if english is None else english
    return f'\n{above}msgctxt "{key}"\nmsgid "{english}"\nmsgstr "{translation}"\n'


def written(folder: Path, *entries: str, language: str = "es") -> Path:
    path = folder / f"{language}.po"
    path.write_text(HEAD + "".join(entries), "utf-8")
    return path


def test_a_translation_is_shown_and_every_other_text_stands_in_english(tmp_path: Path) -> None:
    words = read_catalogue(written(tmp_path, entry("Página {page} de {pages}")))

    assert words.language == "es"
    assert words.text(PAGE, page=1, pages=2) == "Página 1 de 2"
    assert words.foreign(PAGE) is None
    assert words.text("sheet.title") == ENGLISH["sheet.title"]
    assert words.foreign("sheet.title") == "en"
    assert words.untranslated == ENGLISH.keys() - {PAGE}


@pytest.mark.parametrize(
    ("of_page", "reason"),
    [
        (entry(""), "is not translated"),
        (entry("  "), "is not translated"),
        (entry("Página {page} de {pages}", above="#, fuzzy\n"), "is marked fuzzy"),
        (
            entry("Hoja {page} de {pages}", english="Leaf {page} of {pages}"),
            "translates an earlier English text",
        ),
        (entry("Página {page}"), "has other places to fill than the English text"),
        (entry("Página {page} de {pages} y {other}"), "has other places to fill than the English text"),
        (entry("Página {page} de {pages.real}"), "has other places to fill than the English text"),
        (entry("Página {page:d} de {pages}"), "has other places to fill than the English text"),
        (entry("Página {page!r} de {pages}"), "has other places to fill than the English text"),
        (entry("Página {page} de {pages"), "has other places to fill than the English text"),
        (entry("Página {} de {}"), "has other places to fill than the English text"),
    ],
)
def test_an_entry_that_may_not_be_shown_breaks_nothing(tmp_path: Path, of_page: str, reason: str) -> None:
    path = written(tmp_path, of_page)

    assert read_catalogue(path).text(PAGE, page=1, pages=2) == "Page 1 of 2"
    assert unshown_entries(path)[PAGE] == reason


def test_a_translation_of_an_unknown_key_is_left_aside(tmp_path: Path) -> None:
    path = written(tmp_path, entry("Nada", key="no.such", english="Nothing"))
    assert read_catalogue(path).texts == ENGLISH


def test_of_two_entries_for_one_key_the_one_for_todays_english_counts(tmp_path: Path) -> None:
    new, old = entry("Página {page} de {pages}"), entry("Hoja {page}", english="Leaf {page}")
    for entries in ((new, old), (old, new)):
        words = read_catalogue(written(tmp_path, *entries))
        assert words.text(PAGE, page=1, pages=2) == "Página 1 de 2"


@pytest.mark.parametrize("content", ["msgid no quotes\n", "not a catalogue at all\n", '\xff"'])
def test_a_file_that_is_no_catalogue_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "es.po").write_text(content, "latin-1")
    with pytest.raises(CatalogueFileError, match=r"es\.po"):
        read_catalogues(tmp_path)


def test_every_file_of_the_folder_is_a_language_and_english_is_always_there(tmp_path: Path) -> None:
    written(tmp_path, language="es")
    written(tmp_path, language="pt-BR")
    found = read_catalogues(tmp_path)
    assert {tag: words.language for tag, words in found.items()} == {"en": "en", "es": "es", "pt-BR": "pt-BR"}


def test_a_new_file_has_every_key_in_the_order_of_the_source_and_no_translation(tmp_path: Path) -> None:
    path = tmp_path / "fr.po"
    path.write_text(file_in_step(path), "utf-8")

    lines = path.read_text("utf-8").splitlines()
    assert [line[9:-1] for line in lines if line.startswith("msgctxt ")] == list(ENGLISH)
    assert read_catalogue(path).untranslated == ENGLISH.keys()
    assert lines[:5] == [
        'msgid ""',
        'msgstr ""',
        '"Language: fr\\n"',
        '"MIME-Version: 1.0\\n"',
        '"Content-Type: text/plain; charset=UTF-8\\n"',
    ]


def test_a_file_that_is_in_step_stays_as_it_is(tmp_path: Path) -> None:
    path = written(tmp_path, entry("Página {page} de {pages}", above="# How long a sheet is.\n#, fuzzy\n"))
    path.write_text(f"# A word on the words.\n{file_in_step(path)}", "utf-8")

    assert file_in_step(path) == path.read_text("utf-8")
    assert "# How long a sheet is.\n#, fuzzy\n" in path.read_text("utf-8")


def test_a_translation_of_a_changed_text_becomes_fuzzy_and_says_of_what_it_was(tmp_path: Path) -> None:
    path = written(tmp_path, entry("Hoja {page} de {pages}", english="Leaf {page} of {pages}"))
    path.write_text(file_in_step(path), "utf-8")

    was = '# The English was: Leaf {page} of {pages}\n#, fuzzy\nmsgctxt "sheet.page"\n'
    assert was in path.read_text("utf-8")
    assert unshown_entries(path)[PAGE] == "is marked fuzzy"
    assert file_in_step(path) == path.read_text("utf-8")

    path.write_text(path.read_text("utf-8").replace("#, fuzzy\n", ""), "utf-8")
    assert read_catalogue(path).text(PAGE, page=1, pages=2) == "Hoja 1 de 2"
    assert "The English was" not in file_in_step(path)


def test_a_removed_text_is_dropped_and_what_tools_add_is_not_kept(tmp_path: Path) -> None:
    noise = '"POT-Creation-Date: 2026-11-25 10:00+0000\\n"\n#: some/path.py:12\n'
    path = written(tmp_path, noise, entry("Nada", key="no.such", english="Nothing"))

    in_step = file_in_step(path)
    assert "no.such" not in in_step
    assert "POT-Creation-Date" not in in_step
    assert "some/path" not in in_step


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.po")), ids=lambda path: path.stem)
def test_each_shipped_catalogue_is_in_step_and_whole(path: Path) -> None:
    assert file_in_step(path) == path.read_text("utf-8")
    assert unshown_entries(path) == {}


def test_the_shipped_catalogues_are_read_once() -> None:
    assert shipped_catalogues() is shipped_catalogues()
    assert {"en", "es"} <= shipped_catalogues().keys()
