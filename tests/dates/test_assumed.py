"""How a date that nobody gave is marked: by a sign in lists, and by a word in sentences and in plain words."""

from datetime import date

from planner.dates.assumed import with_sign, with_word
from planner.domain.plain_words import plain_if

DAY = date(2020, 12, 31)


def test_only_an_assumed_date_is_marked() -> None:
    assert (with_sign(DAY, assumed=True), with_sign(DAY, assumed=False)) == ("2020-12-31?", "2020-12-31")
    assert (with_word(DAY, assumed=True), with_word(DAY, assumed=False)) == ("2020-12-31 (assumed)", "2020-12-31")


def test_plain_words_have_no_sign() -> None:
    with plain_if(wanted=True):
        assert with_sign(DAY, assumed=True) == "2020-12-31 (assumed)"
