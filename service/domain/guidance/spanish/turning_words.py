"""The Spanish words that turn, widen, order or give a reason: each only as a cited sentence has it.

None of them is plain; rules 4 and 5 decide where it may stand.
"""

from collections.abc import Mapping

from service.domain.guidance.word_lists import named_forms, words

NOT_CLASS = words("no ni")
NEVER = words("nunca jamás")
NO_ONE = words("ningún ninguno ninguna ningunos ningunas")
NEGATORS = NOT_CLASS | NEVER | NO_ONE | words("sin nada nadie tampoco excepto salvo")
AVOIDANCE = words(
    "evite eviten evita evitar evitando deje dejen deja dejar pare paren parar suspenda suspendan "
    "suspender interrumpa interrumpan interrumpir abandone abandonar prevenir impedir omita omitir "
    "cese cesar"
)

EXTREMES = words(
    "solo sólo solamente únicamente único única únicos únicas exclusivamente siempre apenas casi nada "
    "incluso raramente jamás lugar embargo aunque"
)

COMPARISONS = words(
    "más menos mejor mejores peor peores mayor mayores menor menores muy demasiado demasiada tan "
    "tanto tanta bastante suficiente igual"
)

CERTAINTY = words(
    "ciertamente seguramente definitivamente absolutamente completamente totalmente probablemente "
    "probable improbable claro"
)

SAFETY = words(
    "seguro segura seguros seguras seguridad inseguro insegura inofensivo inofensiva inocuo inocua "
    "daño daños dañino dañina riesgo riesgos peligro peligros peligroso peligrosa peligrosos "
    "peligrosas tóxico tóxica tóxicos tóxicas mortal mortales venenoso venenosa permitido permitida "
    "permitidos permitidas prohibido prohibida prohibidos prohibidas contraindicado contraindicada "
    "eficaz eficaces ineficaz cura curan curar garantiza garantizado bueno buena buenos buenas bien "
    "malo mala mal"
)

TURNS = NEGATORS | AVOIDANCE | EXTREMES | COMPARISONS | CERTAINTY | SAFETY
"""Words that turn a meaning: each only where a cited sentence has it."""

WHOLES = words("todo toda todos todas cada cualquier cualquiera cualesquiera ambos ambas entero entera")
"""One class: a statement has one of them only where a cited sentence has one of them."""

SHARES = words("algún alguno alguna algunos algunas cierto cierta ciertos ciertas")
AMOUNTS = words(
    "varios varias muchos muchas mucho mucha pocos pocas poco poca mayoría minoría numerosos numerosas"
)

ABOUT = words("aprox aproximadamente alrededor unos unas cerca")
"""A number under one of these is not exact."""

ORDER: Mapping[str, str] = named_forms(
    {
        "before": "antes",
        "after": "después tras",
        "during": "durante mientras",
        "until": "hasta",
        "since": "desde",
        "when": "cuando",
    }
)
"""What comes before what; only words of one name are exchanged."""

CAUSES = words("porque pues eso ello puesto debido")
"""One class: a reason is given only where a cited sentence gives one."""

TURNING = TURNS | WHOLES | SHARES | AMOUNTS | CAUSES | frozenset(ORDER)
"""Every word that rule 4 decides about."""
