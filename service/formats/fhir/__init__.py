"""FHIR R4 (4.0.1), both ways: ``reading`` takes what others wrote, ``writing`` gives what we keep.

Pure translation: no clock, no store, no request. ``codes`` holds the systems and the words of both sides,
``outcome`` how anything is said to be wrong.
"""
