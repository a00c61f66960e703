"""The closed Spanish word lists that guidance is checked against; see ``english.words``.

No list of words that may be used freely holds a medicine, substance, food, organ, symptom, number or word
about safety. A word is added here only when any statement at all may use it.
"""

from collections.abc import Mapping

from service.domain.guidance.word_lists import figures, named_forms, words

DETERMINERS = words(
    "el la los las un una unos unas este esta estos estas ese esa esos esas su sus mi mis otro otra "
    "otros otras mismo misma mismos mismas"
)

PRONOUNS = words("se le les lo me te nos")
"""Unstressed pronouns before a verb; ``la``, ``los`` and ``las`` are articles unless "no" precedes them."""

PREPOSITIONS = words(
    "a al ante con contra de del en entre hacia para por según sin sobre durante hasta desde"
)

CONJUNCTIONS = words("y e o u ni pero entonces luego además")
SUBORDINATORS = words(
    "que si cuando quien quienes cual cuales como donde qué quién cuál cuáles cómo cuándo dónde "
    "cuánto cuánta cuántos cuántas mientras"
)

ADVERBS = words("también además ahora hoy ya así siempre entonces luego no nunca jamás tampoco usted ustedes")
"""Words that may stand between an opening and its verb."""

BE_AND_HAVE = words(
    "es son ser está están estar sea sean esté estén era eran siendo hay haya hayan ha han haber "
    "habido tiene tienen tener tenido"
)

FUNCTION = (
    DETERMINERS
    | PRONOUNS
    | (CONJUNCTIONS - {"ni"})
    | BE_AND_HAVE
    | (PREPOSITIONS - words("contra sin durante hasta desde"))
    | (SUBORDINATORS - words("cuando mientras"))
    | words("él ella ellos ellas usted ustedes sí cuyo cuya también ahora hoy ya así aquí tenga tengan")
)
"""Words that only hold a sentence together; free in every statement."""

REQUESTS: Mapping[str, str] = named_forms(
    {
        "decir": "diga digan di decir",
        "contar": "cuente cuenten cuenta contar",
        "informar": "informe informen informa informar",
        "preguntar": "pregunte pregunten pregunta preguntar",
        "mostrar": "muestre muestren muestra mostrar",
        "enseñar": "enseñe enseñen",
        "traer": "traiga traigan trae traer",
        "anotar": "anote anoten anota anotar",
        "apuntar": "apunte apunten apunta apuntar",
        "hacer": "haga hagan haz",
        "incluir": "incluya incluyan incluye incluir",
        "conservar": "conserve conserven conserva conservar",
        "guardar": "guarde guarden guarda guardar",
        "hablar": "hable hablen habla hablar",
    }
)
"""What the service itself may ask of a patient; each form with its verb."""

KEEPING = words("conservar guardar")
KEPT = words("lista listas nota notas registro cita citas visita visitas")
"""What a patient may be asked to keep or make; to keep a medicine needs a sentence that says so."""

CALLED_TO = words("visita visitas cita citas análisis control controles prueba pruebas")
"""What a clinic calls a patient to."""

NOUNS = words("lista listas nota notas pregunta preguntas parte partes cosa cosas")
MEDICINES = words("medicamento medicamentos medicina medicinas medicación")
TAKING = words("toma toman tomar tome tomando tomado usa usan usar use usando usado")
PEOPLE = words("paciente pacientes persona personas")
PLAIN = (
    FUNCTION
    | MEDICINES
    | TAKING
    | PEOPLE
    | frozenset(REQUESTS)
    | NOUNS
    | words("incluido incluida incluidos incluidas tendrá tendrán quiere quieren algo alguien")
)
"""Words free in every statement; what they may be used *for* is decided by the other rules."""

ACT_VERBS = words(
    "tomar usar dejar empezar comenzar iniciar continuar seguir cambiar probar comer beber tragar "
    "inyectar aplicar poner parar suspender interrumpir reanudar aumentar reducir bajar subir saltar "
    "evitar"
)
"""What is done to a medicine. A patient is never told or allowed to do it unless the document says so."""

POSSIBILITY_VERBS = words("puede pueden pueda puedan podría podrían")
POSSIBILITY = POSSIBILITY_VERBS | words("posible posiblemente quizá quizás acaso")
FREQUENCY: Mapping[str, str] = named_forms(
    {
        "usual": "suele suelen normalmente generalmente habitualmente usualmente comúnmente",
        "often": "frecuentemente menudo",
        "sometimes": "ocasionalmente",
    }
)
"""How often; only words of one name are exchanged."""

DUTIES = words("debe deben deba deban necesita necesitan necesite")
ADVICE = words("debería deberían conviene convendría")
OBLIGATIONS = DUTIES | ADVICE
EVALUATIONS = words(
    "importante importantes esencial necesario necesaria preciso imprescindible recomendable "
    "aconsejable mejor obligatorio conveniente bueno vital"
)
"""After these an infinitive, or "que" with a verb, is an instruction."""

NUMBER_WORDS = words(
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
    "dieciséis diecisiete dieciocho diecinueve veinte treinta cuarenta cincuenta sesenta setenta "
    "ochenta noventa cien ciento cientos doscientos quinientos mil millón millones docena primer "
    "primero primera segundo segunda tercer tercero tercera cuarto cuarta quinto quinta doble triple "
    "medio media medios medias mitad tercio diario diaria diariamente semanal semanalmente mensual "
    "anual"
)
"""Numbers written as words; refused like figures unless they stand so in a cited sentence."""

FIGURES: Mapping[str, str] = figures("dos tres cuatro cinco seis siete ocho nueve diez once doce", first=2)
"""The figure of a number that is written as a word; "un" and "una" are articles too."""

CONDITIONS = words("si cuando hasta salvo")
"""What says when something holds."""

TITLES = words("dr dra sr sra doctor doctora señor señora")
