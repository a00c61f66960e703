"""The medication disclosure checklist service: the map of its rooms.

``app``      wires the rooms together; reading starts there.
``config``   the environment, read once.
``cli``      console commands; each calls one action.
``domain``   what is true: patients, medication lists, guidance, checklists. Standard library only.
``actions``  what may be done: permission, load, decide, save, audit, in one transaction.
``store``    the only room with SQL; takes and returns domain objects.
``formats``  pure translation between the domain and the outside: sheets, files, FHIR, cards, problems.
``web``      HTTP only: no rules, no SQL.

Imports go one way: ``web -> actions -> store -> domain`` and ``web -> formats -> domain``.
"""
