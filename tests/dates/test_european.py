"""Dates as German, French and Spanish documents write them, in a plan of one calendar year."""

from datetime import date

import pytest

from planner.dates.span import Span
from planner.dates.typed import folded_date
from planner.dates.within import dates_within
from planner.dates.written import read_written

YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))

DAYS = {
    "2026-10-31": [
        "Ende Oktober",
        "bis Ende Oktober 2026",
        "Okt. 2026",
        "fin octobre",
        "d'ici fin octobre",
        "octubre de 2026",
    ],
    "2026-09-30": [
        "3. Quartal",
        "III. Quartal 2026",
        "drittes Quartal",
        "Quartal 3",
        "Q3/2026",
        "3e trimestre",
        "T3 2026",
    ],
    "2026-06-30": [
        "bis 30.6.",
        "bis zum 30.06.2026",
        "30. Juni 2026",
        "Ende Juni",
        "1. Halbjahr",
        "erstes Halbjahr 2026",
        "fin juin",
        "fin juin 2026",
        "à la fin de juin",
        "2e trimestre",
        "2ème trimestre 2026",
        "deuxième trimestre",
        "30 juin 2026",
        "le 30 juin",
        "au plus tard le 30 juin 2026",
        "avant le 30 juin 2026",
        "jusqu'au 30 juin",
        "1er semestre",
        "S1 2026",
        "finales de junio",
        "a finales de junio de 2026",
        "30 de junio de 2026",
        "hasta el 30 de junio",
        "segundo trimestre de 2026",
        "2º trimestre",
        "primer semestre",
        "1er juin au 30 juin 2026",
        "de janvier à juin",
        "Januar bis Juni",
        "von Januar bis Juni 2026",
        "enero a junio de 2026",
        "zwischen Januar und Juni",
        "entre janvier et juin 2026",
        "fim de junho",
        "até ao fim de junho de 2026",
        "30 de junho",
    ],
    "2026-06-01": ["1er juin 2026", "1 de junio", "1. Juni"],
    "2026-06-05": ["bis 5.6.", "bis zum 5.6.2026"],
    "2026-05-20": ["Mitte Mai", "mi-mai", "mediados de mayo"],
    "2026-05-10": ["Anfang Mai", "début mai", "principios de mayo"],
    "2026-05-31": ["Mai", "courant mai", "im Mai 2026", "en mayo"],
    "2026-12-31": [
        "Jahresende",
        "bis Jahresende",
        "Ende 2026",
        "Ende des Jahres",
        "fin d'année",
        "fin de l'année",
        "fin 2026",
        "fin de año",
        "finales de 2026",
        "2. Halbjahr",
        "laufend",
        "en continu",
        "todo el año",
    ],
    # The same kinds in other scripts.
    "2026-07-31": ["7월 말", "７月末", "نهاية يوليو"],
    "2026-11-30": ["2026. 3. ~ 11.", "2026.3.~11."],
    "2026-08-20": ["8월 중순", "8月中旬", "منتصف أغسطس"],
    "2026-08-10": ["أوائل أغسطس", "8月上旬", "8월 초"],
    "2026-08-31": ["أواخر أغسطس", "بنهاية أغسطس 2026"],
}


@pytest.mark.parametrize(("text", "day"), [(text, day) for day, texts in DAYS.items() for text in texts])
def test_a_date_in_another_language(text: str, day: str) -> None:
    read = read_written(text, YEAR)

    assert read is not None
    assert str(read.day) == day


@pytest.mark.parametrize("text", ["avant juin", "vor Juni", "antes de junio", "قبل يونيو"])
def test_before_a_month_leaves_open_which_day(text: str) -> None:
    read = read_written(text, YEAR)

    assert read is not None
    assert [str(day) for day in read.choices] == ["2026-05-31", "2026-06-30"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Entwurf bis Ende Juni, Beschluss Mitte Oktober", ["2026-06-30", "2026-10-20"]),
        ("projet fin juin 2026, vote en octobre", ["2026-06-30", "2026-10-31"]),
        ("Juni und Oktober", ["2026-06-30", "2026-10-31"]),
        ("borrador a finales de junio", ["2026-06-30"]),
    ],
)
def test_dates_within_a_sentence(text: str, days: list[str]) -> None:
    assert [str(one.day) for _, one in dates_within(text, YEAR)] == days


@pytest.mark.parametrize(
    "text", ["by end of june", "early june", "the marsh", "q3 2026", "2026-06-30", "mid-may", "a plan"]
)
def test_a_text_in_english_stays_as_it_is(text: str) -> None:
    assert folded_date(text) == text
