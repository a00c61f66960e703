"""Coverage: proves that every text of every output of a checklist is guidance, record or wording.

``sources`` says what a text may rest on, ``proof`` holds each text of the document to it, ``passages`` says
how a sheet joins those texts, ``reading`` takes a page and a PDF apart, ``matching`` lays the passages over
what was read, ``documents`` holds the FHIR document to the same, and ``outputs`` is the table of outputs:
another output is another entry there.
"""

from service.formats.coverage.outputs import OUTPUTS, Cover, Output, cover
from service.formats.coverage.proof import Fault, Flaw, Known
from service.formats.coverage.sources import Issued, Kind

__all__ = ["OUTPUTS", "Cover", "Fault", "Flaw", "Issued", "Kind", "Known", "Output", "cover"]
