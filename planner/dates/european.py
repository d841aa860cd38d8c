"""Bringing dates in German, French, Spanish and Portuguese into the form that the readers expect: with English words.

Ende Oktober, fin octobre and finales de octubre become "end of october". A text in another language stays as it is.
"""

import re

from planner.dates.words import MONTHS

# The names and usual abbreviations of each month, where they differ from the English ones.
_NAMES: dict[str, str] = {
    "january": "januar|jänner|jaenner|janvier|janv|enero|ene|janeiro",
    "february": "februar|feber|février|fevrier|févr|fevr|fév|febrero|fevereiro",
    "march": "märz|maerz|mär|mrz|mars|marzo|março",
    "april": "avril|avr|abril|abr",
    "may": "mai|mayo|maio",
    "june": "juni|juin|junio|junho",
    "july": "juli|juillet|juil|julio|julho",
    "august": "août|aout|agosto",
    "september": "septembre|septiembre|setiembre|setembro",
    "october": "oktober|okt|octobre|octubre|outubro",
    "november": "novembre|noviembre|novembro",
    "december": "dezember|dez|décembre|decembre|déc|diciembre|dic|dezembro",
}
_MONTH_OF = {name: month for month, names in _NAMES.items() for name in names.split("|")}
_M = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b"
_NUMBERED = {
    "1": r"1(?:er|re|ère|ere|ro|\.? ?[oºa])|i|erste[sn]?|premi(?:er|ère)|prim(?:er|ero|era)",
    "2": r"2(?:e|ème|eme|nde?|do|\.? ?[oºa])|ii|zweite[sn]?|deuxième|deuxieme|seconde?|segund[oa]",
    "3": r"3(?:e|ème|eme|er|ro|\.? ?[oºa])|iii|dritte[sn]?|troisième|troisieme|tercer[oa]?",
    "4": r"4(?:e|ème|eme|to|\.? ?[oºa])|iv|vierte[sn]?|quatrième|quatrieme|cuart[oa]",
}
_QUARTER, _HALF = r"(?:quartal|trimestre|trim\b\.?)", r"(?:halbjahr|semestre)"
_OF_YEAR = r"(?: ?(?:de|del|des jahres|/)? ?(?=\d{4}\b))"

# Each form with the English words for it. A later form may build on an earlier one.
_FORMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(form), english)
    for form, english in (
        *(
            (rf"\b(?:{words}|{number})\.? ?{_QUARTER}{_OF_YEAR}?", rf"q{number} ")
            for number, words in _NUMBERED.items()
        ),
        *((rf"\b(?:{_NUMBERED[number]}|{number})\.? ?{_HALF}{_OF_YEAR}?", rf"h{number} ") for number in ("1", "2")),
        (rf"\bquartal ([1-4])\b{_OF_YEAR}?", r"q\1 "),
        (rf"^(?:t([1-4])|([1-4])t)\b{_OF_YEAR}?", r"q\1\2 "),
        (rf"^s([12])\b{_OF_YEAR}?", r"h\1 "),
        (r"\b([qh][1-4]) ?/ ?(?=\d{4}\b)", r"\1 "),
        (
            r"\b(?:jahresende|ende (?:des )?jahres|fin (?:d['’]|de l['’])ann[ée]e|fin(?:ales)? (?:de|del) año|"
            r"fi(?:m|nal) d[eo] ano)",
            "end of the year",
        ),
        (rf"(?<=\d)(?:er|º|o)?\.? (?:de )?(?={_M})", " "),
        (rf"({_M})\.? (?:de|del|des jahres) (?=\d{{4}}\b)", r"\1 "),
        (
            r"\b(?:à la |a la |la )?(?:ende|fin(?: du mois)?(?: de)?|a? ?fin(?:al)?(?:es)? de|"
            r"(?:até )?(?:ao |o )?(?:fim|final) (?:do mês )?de) "
            rf"(?={_M}|\d{{4}}\b|[qh]\d)",
            "end of ",
        ),
        (
            rf"\b(?:anfang|d[ée]but(?: du mois de)?|a? ?(?:principios|inicios|comienzos) de|in[íi]cio de) (?={_M})",
            "beginning of ",
        ),
        (rf"\b(?:mitte |mi[- ]|a? ?mediados de )(?={_M})", "mid "),
        (rf"\b(?:courant|(?:im )?laufe? des|im|en|durante|au cours de|au mois de|en el mes de) (?={_M}|[qh]\d)", ""),
        (r"^(?:vor(?: dem)?|avant(?: le| la)?|antes del?(?: el)?) ", "before "),
        (
            r"^(?:spätestens |spaetestens )?(?:bis(?: spätestens)?(?: zum| zu)?|zum|am|d['’]ici(?: le| à| au| la)*|"
            r"au plus tard(?: le| en| à)?|jusqu['’](?:au|à|en)|pour(?: le)?|le|hasta(?: el)?|para(?: el)?|el|"
            r"a m[áa]s tardar(?: el| en)?) (?=\D*\d|end of|mid|beginning|" + _M + ")",
            "by ",
        ),
        (rf"^(?:von|vom|ab|zwischen|de|du|entre|desde|del) (?=\d|{_M})", "from "),
        (rf"^from (.*\w)\.? (?:und|et|y) (?=\d|{_M})", r"from \1 to "),
        (rf"(?<=\w)\.? (?:bis(?: zum)?|au|à|hasta(?: el)?|al|a) (?=\d|{_M}|end of)", " to "),
        (
            r"^(?:(?:fort)?laufend|ganzjährig|dauerhaft|kontinuierlich|en continu|toute l['’]année|todo el año)$",
            "ongoing",
        ),
    )
)
_NAMED = re.compile(rf"\b({'|'.join(sorted(_MONTH_OF, key=len, reverse=True))})\b\.?")
# Whether a text can have one of the forms at all, so that most texts are looked at once.
_HINT = re.compile(
    rf"\b(?:{'|'.join(_MONTH_OF)}|ende|bis|mitte|anfang|fin|mi|finales|mediados|quartal|trimestre|trim|halbjahr|semestre|"
    r"jahresende|vor|avant|antes|d['’]ici|hasta|[tshq][1-4]|[1-4]t|(?:fort)?laufend|ganzjährig|dauerhaft|kontinuierlich|"
    r"en continu|toute|todo|am|zum|spätestens|le|el|au plus tard|para|pour|jusqu)\b"
)


def is_of_europe(text: str) -> bool:
    """Return whether a text has German, French or Spanish words of a date. There, 5.6. is always a day of June."""
    folded = " ".join(text.casefold().split())
    return in_english(folded) != folded


def in_english(text: str) -> str:
    """Return a folded date with English words for German, French and Spanish ones."""
    if not _HINT.search(text):
        return text
    plain = _NAMED.sub(lambda found: _MONTH_OF[found[1]], text)
    for form, english in _FORMS:
        plain = form.sub(english, plain)
    return " ".join(plain.split())
