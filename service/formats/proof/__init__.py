"""Proves that every text of every output of a checklist is guidance, record or wording.

``issued`` is the checklist with all that it was made from, ``grounds`` says what a text of it may rest on,
and ``document_proof`` holds each text of the document to it. ``passages`` say how a sheet joins the texts,
``html_reading`` and ``pdf_reading`` take a page and a PDF apart, and ``matching`` lays the passages over what
was read; ``fhir_document`` holds the FHIR document to the same. ``outputs`` is the table of outputs: another
output is another entry there.

Nothing here asks what is proven how it came about: how a sheet joins texts, numbers its sources and tells of
old guidance is worked out once more.
"""

from service.formats.proof.issued import Issued, Kind
from service.formats.proof.outputs import OUTPUTS, Output, OutputProof, prove
from service.formats.proof.verdicts import Fault, Flaw, Known

__all__ = ["OUTPUTS", "Fault", "Flaw", "Issued", "Kind", "Known", "Output", "OutputProof", "prove"]
