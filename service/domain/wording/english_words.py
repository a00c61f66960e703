"""The closed word lists that the English catalogue is checked against; see ``check``.

No list holds a medicine, a substance, a food, an organ, a symptom, a number or a claim.
"""

import re

from service.domain.guidance.english.asking import requested_by_shape
from service.domain.guidance.english.words import NUMBER_WORDS, PLAIN
from service.domain.guidance.word_lists import words
from service.domain.wording.word_lists import WordLists

LABELS = words(
    # The sheet and its parts.
    "page pages sheet sheets checklist sources source document documents paragraph sentence section version "
    "code codes list picture scan box statement statements signature signatures initials title row rows line "
    # The person, and who else is on record.
    "name names identifier date dates birth born caregiver relative practitioner organization clinician "
    "informant recorder reviewer everyone alone "
    # What became of a sheet, a list or an answer.
    "issued recorded reviewed compared signed entered withdrawn superseded print printed added changed "
    "changes change complete sorted unsorted missing error record filled found talked left newer new "
    "latest earlier current out back same differs person device handed paper phone interview import hold "
    "gap gaps guidance published retired older "
    # An item's facts, and the forms and kinds of medicines that a question goes through.
    "item items number numbers dose dosage strength form route frequency description reason note notes "
    "language translation status category kind last started stopped start planned prescriber prescribed "
    "prescription bought "
    "tablets drops creams patches inhalers injections sprays powders vitamins minerals herbals teas "
    "drinks supplement supplements package time day month year treatment "
    # Answers, and words that put a question.
    "yes no one none not nothing everything sure rather say says said answer answers answered all any each "
    "only often needed now still yet until before after since without never more else here when open "
    "again count counts come came see go write down words word given look whole made under over up done "
    "but than compare "
    # Spoken of only to say that nobody looked for them.
    "interaction interactions check checked january february march april may june july august september "
    "october november december"
)
"""Words for labels, questions and the state of the record; none of them says what a medicine does."""

STAFF_LABELS = words(
    # The parts of the house that only staff see.
    "worklist day days tomorrow today search find key keys staff password log log-in settings clinic nurse "
    "administrator guidance role menu main skip content page ready sections begin capitals "
    "fewer letters next scanned "
    "monday tuesday wednesday thursday friday saturday sunday "
    # What a page says of itself and of a form.
    "address cancel cannot dashes ended failed field fit hour leave little log-ins logged long "
    "longer looks lost many moment newest once opened problem quarter read save seen send service sign "
    "something stands stay too typed wait way went wrong choose short together times "
    # What is kept of a patient.
    "size standard large sort history checklists leaves top lies ahead far side table versions later "
    # What is said before a patient is erased.
    "backups erase erased files holds leads links nowhere papers type "
    # What an administrator looks after.
    "access add always among authorization bearer copy ehr end every few file fingerprint follow forms give "
    "good intake itself languages least letter marked nobody occasions older others parts program programs "
    "prompt prompts published put reads records refused rests retired review revoke revoked saved saw sends "
    "sent sentences sessions signs state stops valid wanted would zone "
    # How guidance is written from a document.
    "act administrators along anything away become began belong belongs button coding comma condition "
    "delete deleted different draft drafts edition entry fact follows gone i meanwhile numbered offer "
    "paragraphs pass place plain press publish refuse replaced replaces rest rule rules sees small stand "
    "text tick ticked wished "
    # How another system is let in.
    "addresses comes empty ends ever old ones private public register scopes set space stop systems while "
    "writes "
    # What is done with a checklist: marked, signed, printed.
    "above browser computer everywhere font goes issue mark marks pdf prints sections "
    "somebody stays whoever "
    # The cover of a day's print.
    "anew categories chosen cover install several "
    # What they are told of a link to the intake form.
    "even fills first hand link opens ready written "
    # The file that a patient is given.
    "gives links passwords "
    # What another system sends of a patient, and what it is told.
    "card cards counter disclosure elsewhere identifiers incomplete order orders prescriptions "
    "registered registration request system "
)
"""Further words for labels of pages, as against those of the sheet and of the patient's form."""

FORM_LABELS = words(
    # What a patient is told of a form: how to go through it, and what becomes of it.
    "add address answering cannot close compares ended far few give language leave link looked looks much "
    "newest nobody off once opened opens packages reads save send sent someone something stands stay stays "
    "visit way while whose will works writing written"
)
"""Further words for labels of the form that patients fill in."""

ENGLISH_LISTS = WordLists(
    labels=PLAIN | LABELS,
    form_labels=FORM_LABELS,
    staff_labels=STAFF_LABELS,
    numbers=NUMBER_WORDS,
    marks=frozenset(".,;:?'\"()-–—‘’“”/…"),
    checking=re.compile(r"\binteraction\w*|\bchecked?\b"),
    not_checked=(
        re.compile(r"\bnot checked for interactions\b"),
        re.compile(r"\bno interaction check was made\b"),
    ),
    about_medicines=words(
        "medicine medicines medication medications supplement supplements treatment vitamins"
    ),
    claims=words("may might can could will should must"),
    instructions=requested_by_shape,
)
