"""The codes of languages that people give."""

from zoneinfo import ZoneInfo

import pytest

from planner.base.errors import BadValueError
from planner.domain.cities import CITIES
from planner.domain.language_codes import checked_language


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("KO", "ko"),
        ("zh_hant", "zh-Hant"),
        ("zh-hans-cn", "zh-Hans-CN"),
        ("es-419", "es-419"),
        ("yue", "yue"),
        ("", None),
        (None, None),
    ],
)
def test_a_code_gets_its_usual_spelling(given, expected):
    assert checked_language(given) == expected


@pytest.mark.parametrize("given", ["xx", "xx-bogus", "en-bogus", "en-GB-Latn", "en-", "e", "english", "中文", "12"])
def test_what_is_no_language_is_refused(given):
    with pytest.raises(BadValueError, match="is not the code of a language"):
        checked_language(given)


def test_the_cities_have_zones_that_exist():
    assert {ZoneInfo(zone).key for zone in CITIES.values()} == set(CITIES.values())
