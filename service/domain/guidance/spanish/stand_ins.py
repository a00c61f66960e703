"""Which Spanish words are forms of one another or may stand for one another."""

from collections.abc import Mapping

from service.domain.guidance.word_lists import named_forms

STAND_INS: Mapping[str, tuple[str, ...]] = {
    form: cited
    for cited, forms in {
        ("ej",): "ejemplo",
        ("aprox",): "aproximadamente",
        ("comenzar", "iniciar"): "empezar empiece empieza",
        ("empezar", "iniciar"): "comenzar comience comienza",
        ("terapia",): "tratamiento",
        ("actual",): "actualmente",
        ("guardar",): "conserve conserven",
        ("conservar",): "guarde guarden",
    }.items()
    for form in forms.split()
}
"""Plain words that may stand for a word of a cited sentence, and nowhere else: each with the words cited."""

IRREGULAR: Mapping[str, str] = named_forms(
    {
        "decir": "digo dice dicen diga digan dicho di",
        "hacer": "hace hacen haga hagan hecho haz",
        "poner": "pone ponen ponga pongan puesto pon",
        "traer": "trae traen traiga traigan",
        "seguir": "sigue siguen siga sigan",
        "contar": "cuenta cuentan cuente cuenten",
        "mostrar": "muestra muestran muestre muestren",
        "empezar": "empieza empiezan empiece empiecen",
        "comenzar": "comienza comienzan comience comiencen",
        "cerrar": "cierra cierran cierre cierren",
        "conducir": "conduce conducen conduzca conduzcan",
        "reducir": "reduce reducen reduzca reduzcan",
        "conocer": "conoce conocen conozca conozcan",
        "dormir": "duerme duermen duerma duerman",
        "probar": "prueba prueban pruebe prueben",
        "volver": "vuelve vuelven vuelva vuelvan",
        "mover": "mueve mueven mueva muevan",
        "pedir": "pide piden pida pidan",
        "saber": "sabe saben sepa sepan",
        "incluir": "incluye incluyen incluya incluyan",
        "costar": "cuesta cuestan cueste cuesten",
        "contener": "contiene contienen contenga contengan",
        "llegar": "llegue lleguen",
        "tragar": "trague traguen",
        "aplicar": "aplique apliquen",
        "vez": "veces",
        "dar": "da dan dé den",
        "ir": "va van vaya vayan",
        "venir": "viene vienen venga vengan",
        "soler": "suele suelen",
        "usar": "uso usa usan use usen usando usado usada usados usadas",
        "poder": "puede pueden pueda puedan podría podrían",
        "perder": "pierde pierden pierda pierdan",
        "sentir": "siente sienten sienta sientan",
    }
)
