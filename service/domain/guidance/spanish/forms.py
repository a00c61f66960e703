"""Spanish forms: pronouns that are joined to a verb, endings, and what a verb's form tells."""

import re

from service.domain.guidance.spanish.stand_ins import IRREGULAR
from service.domain.guidance.spanish.words import FUNCTION, MEDICINES, NUMBER_WORDS, PEOPLE
from service.domain.guidance.word_lists import words
from service.domain.guidance.words import Token

_JOINED = r"(se|me|nos)?(l[oa]s?|les?)?"
_TO_INFINITIVE = re.compile(rf"(\w+[aeií]r){_JOINED}", re.IGNORECASE)
_TO_ACCENTED = re.compile(rf"(\w*[áéíóú]\w*?(?:en|an|ando|iendo|e|a)){_JOINED}", re.IGNORECASE)
_SHORT = {"dele": ("dé", "-le"), "dile": ("di", "-le"), "dilo": ("di", "-lo"), "hazlo": ("haz", "-lo")}
_WHOLE = words("charla charlas perla perlas burla burlas")
_PLAIN_VOWELS = str.maketrans("áéíóúÁÉÍÓÚ", "aeiouAEIOU")

_NUMBER_AND_GENDER = words("s es o a os as")
_OF_VERBS = words(
    "r n mos ndo do da dos das d ar er ir e an en amos emos imos ando iendo ado ada ados adas ido ida "
    "idos idas"
)
_FUTURE_OR_PAST = re.compile(r".+(?:r(?:á|án|ás|é|emos)|[^aeiou]ó|ió|aron|ieron)")
_INFINITIVE = re.compile(r"\w{2,}[aeií]r")
_PRESENT = words("está están estás")
_NO_IMPERATIVE_IN_E = words(
    "contiene tiene mantiene produce hace sirve requiere puede suele debe parece viene"
)
_NEVER_VERBS = (FUNCTION | PEOPLE | MEDICINES | NUMBER_WORDS) - {"tenga", "tengan"}
_BARE_IMPERATIVES = words("di haz pon ven sal ten ve sé")


def joined(text: str) -> tuple[str, ...]:
    """A verb and the pronouns joined to it, which are written ``-lo``: "tómelo", "dígaselo", "tomarlo"."""
    word = text.casefold()
    if word in _SHORT:
        return _SHORT[word]
    if word in _WHOLE:
        return (text,)
    for pattern in (_TO_INFINITIVE, _TO_ACCENTED):
        found = pattern.fullmatch(text)
        if found and (found[2] or found[3]):
            pronouns = (pronoun for pronoun in found.groups()[1:] if pronoun)
            return (found[1].translate(_PLAIN_VOWELS), *(f"-{pronoun.casefold()}" for pronoun in pronouns))
    return (text,)


def is_ending(ending: str, _shared: str) -> bool:
    """Whether forms of one word may end so. Future and past are no forms of the present here."""
    return ending == "" or ending in _NUMBER_AND_GENDER or ending in _OF_VERBS


def differ_in_number_or_gender(word: str, other: str) -> bool:
    """Whether two words are forms of one thing or quality rather than of a verb."""
    alike = zip(word, other, strict=False)
    size = next((n for n, (a, b) in enumerate(alike) if a != b), min(len(word), len(other)))
    return all(form[size:] == "" or form[size:] in _NUMBER_AND_GENDER for form in (word, other))


def is_future_or_past(word: str) -> bool:
    """Whether the form tells what will be or was."""
    return word not in _PRESENT and _FUTURE_OR_PAST.fullmatch(word) is not None


def is_infinitive(word: str) -> bool:
    """Whether the form is a verb's plain form."""
    return _INFINITIVE.fullmatch(word) is not None


def could_be_verb(token: Token) -> bool:
    """Whether nothing says that the word asks for nothing: a verb that asks ends in few ways."""
    word = token.word
    if not token.is_word or word in _NEVER_VERBS or any(character.isnumeric() for character in word):
        return False
    if word in _BARE_IMPERATIVES or is_infinitive(word):
        return True
    return word.endswith(("a", "e", "an", "en", "ad", "ed", "id", "amos", "emos", "é"))


def looks_imperative(word: str) -> bool:
    """Whether a word that opens a clause has an imperative's form, and not only the present's."""
    if word in IRREGULAR:
        return word.endswith(("a", "an")) == IRREGULAR[word].endswith(("er", "ir"))
    return word.endswith(("e", "en")) and word not in _NO_IMPERATIVE_IN_E
