"""The closed word lists that guidance is checked against: plain words, requests, words of grammar.

No list of words that may be used freely holds a medicine, substance, food, organ, symptom, number or word
about safety. A word is added here only when any statement at all may use it.
"""

from collections.abc import Mapping

from service.domain.guidance.word_lists import figures, named_forms, words

DETERMINERS = words(
    "a an the this that these those your their its his her our my any all each every some certain"
)

PRONOUNS = words("you they we it he she i who whom which what them us me him yours yourself")
SUBJECTS = words("you they we patients people")
BE = words("be is are am was were been being")
MODALS = words("may might can could will would should must shall ought")
DUTIES = words("must shall")
ADVICE = words("should ought")
OBLIGATIONS = DUTIES | ADVICE
CONJUNCTIONS = words("and or but so then")
PREPOSITIONS = words("about as at between by for from in into like of on through to with within")
ADVERBS = words("also then please now currently still always often usually typically today both")
"""Words that may stand between a verb and what governs it."""

FUNCTION = (
    words(
        "a an the this that these those you your yours yourself they them their theirs it its he she who whom"
    )
    | words(
        "which what we us our is are am was were be been being do does did has have had having and or so if"
    )
    | words("whether then also please such there how why where other another same own but")
    | PREPOSITIONS
)
"""Words that only hold a sentence together; free in every statement."""

REQUESTS: Mapping[str, str] = named_forms(
    {
        "tell": "tell tells telling told",
        "ask": "ask asks asking asked",
        "report": "report reports reporting reported",
        "show": "show shows showing showed shown",
        "bring": "bring brings bringing brought",
        "list": "list lists listing listed",
        "include": "include includes including included",
        "keep": "keep keeps keeping kept",
        "talk": "talk talks talking talked",
    }
)
"""What the service itself may ask of a patient; each form with its verb."""

KEPT = words("list lists record records note notes visit visits appointment appointments")
"""What a patient may be asked to keep; to "keep" a medicine would mean to go on taking it."""

PEOPLE = words("provider providers doctor doctors nurse nurses team teams clinic healthcare health care")
MEDICINES = words("medicine medicines medication medications")
CALLED_TO = words("visit visits appointment appointments test tests check checks scan scans trace")
"""What a clinic calls a patient to."""

STATE_VERBS = words("become want have get feel notice know happen occur see make need worry")
ACT_VERBS = words(
    "take use start begin stop continue resume restart change try eat drink swallow inject apply"
)
"""What is done to a medicine. A patient is never told or allowed to do it unless the document says so."""

PLAIN = (
    FUNCTION
    | PEOPLE
    | MEDICINES
    | frozenset(REQUESTS)
    | words("need needs")
    | words("patient patients person people thing things question questions part record note")
    | words("take takes taking took taken use uses using used get gets getting got feel feels feeling felt")
    | words(
        "notice notices noticing noticed know knows knowing known happen happens happening occur occurs make"
    )
    | words("may might can could should must possible possibly perhaps")
    | words("ones others something somebody someone else way ways time become becomes becoming want wants")
)
"""Words free in every statement; what they may be used *for* is decided by the other rules."""

OPEN = words("whether")
"""What stands under it, nobody says to be so."""

POSSIBILITY = words("may might can could possible possibly perhaps")
FREQUENCY: Mapping[str, str] = named_forms(
    {
        "usual": "usually typically generally normally commonly mostly",
        "often": "often frequently",
        "sometimes": "sometimes occasionally",
    }
)
"""How often; only words of one name are exchanged."""

HELP = words("help helps")
CONDITIONS = words("if whether")
NOTED_CONDITIONS = words("unless until when once")
"""What else says when something holds."""

NUMBER_WORDS = words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred "
    "thousand million billion dozen first second third fourth fifth sixth tenth once twice thrice double "
    "triple single half quarter percent daily nightly hourly weekly monthly yearly"
)
"""Numbers written as words; refused like figures unless they stand so in a cited sentence."""

FIGURES: Mapping[str, str] = figures("one two three four five six seven eight nine ten eleven twelve")
"""The figure of a number that is written as a word."""

PURE_VERBS = words(
    "manage assess determine consult seek discuss inform follow ensure maintain receive undergo choose"
)
"""Verbs that are no nouns, so that "and manage" never makes a thing of one."""

NEEDED = words("need needs needed")
EVALUATIONS = words(
    "important essential necessary vital crucial advisable recommended advised required best good sure"
)
"""After these, "to" or "that you" makes an instruction of the verb that follows."""
