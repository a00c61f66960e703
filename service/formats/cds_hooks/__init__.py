"""CDS Hooks 2.0: reads what EHRs send and writes cards. Pure translation: no clock, no store, no request.

``discovery`` says which services there are, ``request`` reads a call, ``orders`` and ``prefetch`` the FHIR R4
in it, ``feedback`` what became of cards; ``card`` writes one, through ``markdown``. Source: CDS Hooks 2.0.
"""
