"""The service's own fixed words, in one catalogue: questions, labels and requests to tell the provider.

A catalogue maps a key to a text. English stands here and is the source; another language is a gettext
catalogue whose message ids are the English texts. A text may have ``{named}`` places for numbers, dates
and words that come from the record or from this catalogue; it never names a medicine or a substance and
never makes a clinical claim (``wording_check`` holds it to that).
"""
