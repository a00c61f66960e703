"""Two works of the service written by hand: take an intake form and issue its checklist; read a checklist.

No framework and nothing of ``service`` but its fixed words and, for texts with odd characters, its text rule.
Left out, since the benchmark never asks for it: a patient who is on file already, a sheet whose list has
moved on, staff sessions, pointers in refusals, and finding the same JSON key twice (orjson cannot).
"""
