"""Which English words are forms of one another or may stand for one another."""

from collections.abc import Mapping

STAND_INS: Mapping[str, tuple[str, ...]] = {
    form: cited
    for cited, forms in {
        ("current",): "now today",
        ("start", "initiate", "commence"): "begin begins beginning began begun",
        ("begin", "initiate", "commence"): "start starts starting started",
        ("determine",): "decide decides deciding decided",
        ("duration",): "long last lasts lasting",
        ("essential", "necessary", "required"): "important needed",
        ("treatment",): "therapy",
        ("treatment", "therapy"): "treat treats treated treating",
        ("successful",): "success",
        ("monitoring",): "check checks checking checked",
        ("visit",): "appointment appointments",
        ("concerning",): "worry worries worried worrying",
        ("assess",): "see sees seeing",
        ("response",): "respond responds responding work works working",
        ("response", "successful"): "well",
        ("individual",): "personal",
        ("circumstance",): "situation situations",
        ("appropriate",): "right suitable",
        ("based",): "depend depends depending",
        ("therapy",): "treatment treatments",
        ("medication", "medicine"): "drug drugs",
        ("communication",): "speak speaks speaking",
        ("minimize",): "reduce reduces reducing limit limits limiting",
        ("manage",): "help helps helping handle handles handling",
    }.items()
    for form in forms.split()
}
"""Plain words that may stand for a word of a cited sentence, and nowhere else: each with the words cited."""

IRREGULAR: Mapping[str, str] = {
    form: verb
    for verb, forms in {
        "take": "took taken",
        "give": "gave given",
        "tell": "told",
        "keep": "kept",
        "show": "shown",
        "bring": "brought",
        "begin": "began begun",
        "grow": "grew grown",
        "feel": "felt",
        "get": "got gotten",
        "go": "went gone",
        "drink": "drank drunk",
        "eat": "ate eaten",
        "speak": "spoke spoken",
        "choose": "chose chosen",
    }.items()
    for form in forms.split()
}
