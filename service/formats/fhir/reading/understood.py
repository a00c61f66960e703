"""What one resource says, before it has its place among the document's entries."""

from dataclasses import dataclass

from service.formats.findings import Said, Whose


@dataclass(frozen=True, slots=True)
class Understood:
    """What a resource says, and of whom; nothing where it is refused or says nothing that is kept."""

    said: Said | None = None
    whose: Whose | None = None


NOTHING = Understood()
