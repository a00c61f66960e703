"""Words by which a draft proposes the section of a sentence; the first section that has one is proposed."""

from collections.abc import Sequence

from service.domain.guidance.statements import StatementSection
from service.domain.guidance.word_lists import words

SECTIONS: Sequence[tuple[StatementSection, frozenset[str]]] = (
    (
        StatementSection.REPORT,
        words(
            "llame avise consulte efectos síntoma síntomas reacción reacciones molestia molestias "
            "enseguida inmediatamente urgencia urgencias grave graves"
        ),
    ),
    (StatementSection.TELL, words("informe diga comente mencione cuente comunique")),
    (
        StatementSection.WHY,
        words(
            "porque interactuar interactúa interacción interacciones afecta afectar altera alterar "
            "cambiar interfiere interferir"
        ),
    ),
    (StatementSection.TELL, words("pregunte")),
    (
        StatementSection.FOLLOW_UP,
        words(
            "visita visitas cita citas análisis control controles prueba pruebas revisión revisiones "
            "seguimiento traiga dura"
        ),
    ),
)
