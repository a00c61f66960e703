"""The closed word lists that the Spanish catalogue is checked against; see ``check``.

No list holds a medicine, a substance, a food, an organ, a symptom, a number or a claim.
"""

import re
from collections.abc import Iterator

from service.domain.guidance.spanish.words import NUMBER_WORDS
from service.domain.guidance.word_lists import words
from service.domain.guidance.words import Finding, Token
from service.domain.wording.word_lists import WordLists

PLAIN = words(
    # What holds a sentence together.
    "a al con de del desde en entre hasta para por sin sobre o u y e ni si que como cuando donde pero "
    "mientras el ella él ellos este esta esto estos estas ese ahí allí aquí la las le lo los se su sus "
    "un una unas uno usted también así sí no ya todavía solo más menos tal igual mismo misma mismos "
    "mismas qué quién quien cómo cuándo cuánto él algo alguien algún nada nadie ninguna ninguno ningún "
    "nunca siempre cada todo todos todas otro otra otros demás poco pocas varios antes después ahora "
    "hoy mañana vez veces modos parte partes manera "
    # To be, to have, to do.
    "es son era fue sea estuvo está están estado esté ha han hay hayan había tiene tenga hace haga hágalo "
    "hacer hecho hecha hizo queda quedan va ir "
    # The patient and those around them.
    "paciente pacientes persona personal profesional salud enfermería clínica clínico familiar cuida "
    "organización propio medicamento medicamentos productos producto cosa "
    # What the service asks: to say, to ask, to show, to write.
    "contar cuenta cuentan cuéntele decirlo dice dicen dicho dijo dígale dígaselo informó pregunta "
    "preguntas pregunte preguntar preguntado preguntará responda responde responder respondió "
    "respondido respuesta respuestas escriba escribe escribió escrita escritas escrito escritos anotar "
    "anotarlo anotado anote anotó muestra muestran mostrar mostró pida ver verlo vea vio lee leer leyó "
    # What is said of taking; what it may be used for is decided by the other rules.
    "toma tomara tomó usa usan use uso"
)
"""Words free in every text, as ``guidance.english.words.PLAIN`` is for English."""

LABELS = words(
    # The sheet and its parts.
    "hoja hojas página páginas lista versión código códigos sección secciones fuentes documento "
    "documentos enunciados párrafo oración imagen escanear firma firmas firmado firmó iniciales nota "
    "notas motivo idioma traducción "
    # The person.
    "nombre identificador fecha nacimiento hora día mes año tiempo mano "
    # What became of a sheet, a list or an answer.
    "fueron comparados emitida emitió desactualizada retirada retiró registrada registrado registro "
    "registró revisado comparado compare comparó cambió imprima nueva nuevo última anterior error falta "
    "faltan encontró pendiente completa clasificar llegó habló hablado inicio previsto guía publicó emite "
    # An item's facts, and the forms and kinds of medicines that a question goes through.
    "descripción concentración forma dosis vía estado categoría clase envase recetado receta comprado "
    "comprados pastillas gotas cremas parches inhaladores inyecciones aerosoles polvos bebidas "
    "vitaminas minerales hierbas tés suplementos tratamiento empezó empezado terminó pausa sabe "
    # Answers, and words that put a question.
    "sé prefiero abierta palabras papel teléfono entrevista cuenta dispositivo prestado importación "
    # Spoken of only to say that nobody looked for them.
    "comprobó comprobación interacciones enero febrero marzo abril mayo junio julio agosto septiembre "
    "octubre noviembre diciembre"
)
"""Words for labels, questions and the state of the record on the sheet."""

FORM_LABELS = words(
    # How to go through the form that patients fill in, and what becomes of it.
    "abra creó enviaron entregado lado tomando devuelva abre abrir abrió acabó agregar blanco cambia cambiar "
    "cambiaron cerrar compara dejar dejarlo déjelo dirección empezar enlace envases enviar enviarlas "
    "envió envía formulario guardando guardar llegan mirado mire necesita olvidó puede quitarlo quite "
    "quitó seguir sepa siga sigue sola suyo trabaja visita volver vuelve entonces"
)
"""Further words for labels of the form that patients fill in."""

STAFF_LABELS = FORM_LABELS | words(
    # Days, lists, searching and looking up.
    "trabajo días lunes martes miércoles jueves viernes sábado domingo próximo siguiente anteriores "
    "buscar busque búsqueda encontraron entero fuente letra letras guiones mayúsculas importan vigente "
    "empiezan número números "
    # What a page says of itself and of a form.
    "abrirla admite algún campo cancelar cambiado cambiar cierra cerró cerraron contenido contraseña "
    "corta correcto largo cuarto demasiado demasiados demasiadas elegidas elegido elegir elija encaja "
    "encajan entregar entregue envíela envíelo espere fácil ficha falló guardado guardan guardaron guardó "
    "adivinar "
    "iniciar inicie sesión sesiones línea menú momento navegador normal grande tamaño opciones pasa "
    "ajustes inició inventados ocupa porque tipo "
    "perdió pierde permite poco portada principal problema podrá pudo pueda quiso servicio signo signos "
    "siguen siquiera usuario vuelto vuelva aparece arriba debajo deja dar equipo escaneados impresas "
    "impresos imprime imprimir imprimió imprímala instale paquete pdf ofrece "
    # What is on record of a patient: the list, its history, two versions side by side.
    "llegado abrirlo mirarlos lado emitido sale cambio cuál prefiere guarde cambiarla entera serie "
    "pertenece administra agréguelo llama anotados déjelos tabla comparar versiones posterior "
    # What is said before a patient is erased.
    "archivos borra borrar borró copias datos durante enlaces entréguelos escríbalo formularios guarda hubo "
    "les lleva papeles pidió quiere siempre "
    # What is done with a checklist: marked, signed, issued, taken back.
    "marcar marcado marque firmar firme firmada firmadas marca marcas marcó emitir emite emitieron "
    "retirar enunciado "
    # How another system is let in.
    "antiguas conjunto dejan direcciones entra entró esa espacio espacios instante nuevas ocupan "
    "otras palabra pedir permisos pide ponga privada públicas quienes registrar sirve sistemas termina "
    "vacío valen valer válida "
    # What an administrator looks after.
    "acceso administración anular anulada anuló anúlela archivo authorization avisar basa bearer buenas "
    "clave claves configuración copiar cópielo anótelo dio désela ejemplos electrónica acto frase "
    "formas función guía historia horaria huella idiomas juntas listas nombra ocasiones pondría presta "
    "programas publicada publicó quitar rechazado registros revisión servir agregó categorías oraciones "
    "pendientes prevista unas zona "
    # How guidance is written from a document.
    "abiertas actúa anula basan borrador borradores borrar borró botón camino comas compararon comparé "
    "condición conocen copie corto cumpla cámbielos deje dejó deseado diferentes diga dirá dónde edición "
    "elemento emitidas escribir final formato fuera guárdelo hacen hechas hicieron lugar marcada marcadas "
    "modo muéstrelas necesario numeradas ofrecimiento partir pasan pasó pequeñas perdieron petición "
    "pierden posible publica publicar publicaría publique punto párrafos rechazados rechazan reemplaza "
    "reemplazada regla reglas retiradas separados ser tanto texto título vacía vale van ve último "
    # The file that a patient is given.
    "abierto ábralo ábrala contraseñas copia cosas da datos dé dijeron ello enlaces enviado formularios "
    "guarda les nombres vieron "
    # What another system sends of a patient, and what it is told.
    "identificadores incompleta información informados llegaron llevó órdenes preguntada preguntó "
    "sistema solicitud tarjeta"
)
"""Further words for labels of pages that only staff see."""

ABOUT_MEDICINES = words(
    "medicamento medicamentos medicina medicinas medicación suplemento suplementos tratamiento "
    "vitaminas hierbas"
)

CLAIMS = words(
    "puede pueden pueda puedan podrá podrán podría podrían debe deben deba deban deberá deberán debería "
    "deberían tendrá tendría suele suelen"
)
"""In a sentence that speaks of medicines these say what one does or what is to be done with it."""

INSTRUCTIONS = words(
    "tome tomen tomar tómelo tómela use usen usar úselo úsela empiece empiecen comience comiencen "
    "inicie inicien deje dejen dejar déjelo pare paren parar suspenda suspendan suspender interrumpa "
    "interrumpan continúe continúen continuar siga sigan seguir reanude reanuden cambie cambien pruebe "
    "prueben coma coman beba beban trague traguen inyecte inyecten aplique apliquen evite eviten evitar "
    "aumente aumenten reduzca reduzcan"
)
"""What tells or allows something to be done with a medicine, by its form."""


def _instructed(sentence: tuple[Token, ...]) -> Iterator[Finding]:
    for token in sentence:
        if token.word in INSTRUCTIONS:
            yield Finding(token.text, "is an instruction")


SPANISH_LISTS = WordLists(
    labels=PLAIN | LABELS,
    form_labels=FORM_LABELS,
    staff_labels=STAFF_LABELS,
    numbers=NUMBER_WORDS | {"porcentaje"},
    marks=frozenset(".,;:¿?¡!()-–—“”«»/…"),
    checking=re.compile(r"\binteracci\w*|\bcomprob\w*|\bcomprueb\w*"),
    not_checked=(
        re.compile(r"\bno se comprobó si hay interacciones\b"),
        re.compile(r"\bno se hizo ninguna comprobación de interacciones\b"),
    ),
    about_medicines=ABOUT_MEDICINES,
    claims=CLAIMS,
    instructions=_instructed,
)
