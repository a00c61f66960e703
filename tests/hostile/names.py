"""One list of names that break an output which does not encode, and one of those that are refused."""

from service.domain.text import clean
from tests.formats.printout.test_hostile_names import MARKUP, RIGHT_TO_LEFT
from tests.strategies import hostile_names

NAMES = list(dict.fromkeys(clean(name) for name in (*hostile_names, *MARKUP, *RIGHT_TO_LEFT)))
"""Each is kept as it was said, and comes out of every output as that and nothing else."""
REFUSED = {
    "Wat\0er": "control_character",
    "Wat\x1b[2Jer": "control_character",
    "Wat\u202eer": "direction_control",
    "Wat\u2067er": "direction_control",
    "Wat\ud800er": "lone_surrogate",
    "Wat\nSoap": "line_break",
    "\u200b\u2060": "invisible",
    "\u200dWater": "stray_joiner",
    "Wat\ufffeer": "not_a_character",
}
"""Each would mislead whatever prints it, and is refused with this code."""
