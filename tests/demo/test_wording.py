"""What officers write fits the work, does not repeat itself, and claims no figure."""

import re
import string
from collections.abc import Iterator
from itertools import product

import pytest

from planner.demo import phrases
from planner.demo.chance import Chance
from planner.demo.counting import Counter
from planner.demo.phrases import NOTES, Stage, Topic
from planner.demo.wording import Writer, stage_of, topic_of
from tests.demo.subjects import DATES, a_count, a_step, a_subject

FIELDS = {"number", "title", "test", "day", "note", "sibling", "name", "value", "before"}


def every_phrase(found: object = None) -> Iterator[str]:
    """All texts of the stock, wherever they stand in it."""
    for value in [vars(phrases)[name] for name in vars(phrases) if name.isupper()] if found is None else [found]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for part in value.values():
                yield from every_phrase(part)
        elif isinstance(value, tuple | list | frozenset):
            for part in value:
                yield from every_phrase(part)
        elif hasattr(value, "__dataclass_fields__"):
            for name in value.__dataclass_fields__:
                yield from every_phrase(getattr(value, name))


def test_the_stock_holds_no_figure_and_only_known_fields() -> None:
    stock = list(every_phrase())
    assert len(stock) > 300
    for phrase in stock:
        assert not re.search(r"\d", phrase), phrase
        assert {name for _, name, _, _ in string.Formatter().parse(phrase) if name} <= FIELDS, phrase


def test_there_are_notes_for_every_topic_and_stage() -> None:
    assert set(NOTES) == set(product(Topic, Stage))


@pytest.mark.parametrize(
    ("title", "test", "topic"),
    [
        ("Opinion drafted", "draft on file", Topic.TEXT),
        ("Opening meeting held", "attendance list", Topic.EVENT),
        ("Partners chosen", "record", Topic.SELECTION),
        ("Terms with the holders agreed", "signed terms", Topic.AGREEMENT),
        ("Trial finished", "log", Topic.TRIAL),
        ("Unused space surveyed", "plans", Topic.SURVEY),
        ("Work of the year reviewed", "note", Topic.REVIEW),
        ("Room open", "key handed over", Topic.START),
        ("부두를 수리", "기록", Topic.OTHER),
    ],
)
def test_the_topic_is_read_from_title_and_test(title: str, test: str, topic: Topic) -> None:
    assert topic_of(a_step(title=title, test=test)) is topic


def test_the_stage_follows_the_share() -> None:
    assert [stage_of(share) for share in (0, 0.5, 0.9)] == [Stage.EARLY, Stage.MIDDLE, Stage.LATE]


def test_a_phrase_does_not_come_again_before_the_others() -> None:
    writer = Writer(a_subject(), Chance(1))
    options = ("one", "two", "three", "four")
    assert sorted(writer.one_of(options) for _ in options) == sorted(options)


def test_two_items_at_the_same_step_do_not_read_alike() -> None:
    texts = {Writer(a_subject(), Chance(seed)).done(a_step(), 0.5) for seed in range(30)}
    assert len(texts) > 8


def test_a_reached_step_is_named() -> None:
    writer = Writer(a_subject(), Chance(1))
    for _ in range(20):
        text = writer.reached([(a_step(), DATES[1]), (a_step(2, "Partners [/] chosen {0}"), DATES[1])])
        assert "Outline drafted" in text
        assert "Partners [/] chosen {0}" in text


def test_a_value_is_told_with_the_one_before() -> None:
    counter = Counter(a_count(), 0, 20, 10)
    writer = Writer(a_subject(), Chance(1))
    for _ in range(6):
        text = writer.counted(counter, 12.0, 7.0)
        assert "Charts found" in text
        assert re.findall(r"\d+", text) in (["12", "7"], ["7", "12"])
        assert "7" not in writer.counted(counter, 12.0, None)


def test_a_trouble_fits_the_work_or_any_work() -> None:
    writer = Writer(a_subject(), Chance(3))
    step = a_step(title="Trial finished")
    troubles = [writer.trouble(step) for _ in range(60)]
    assert {Topic.TRIAL in trouble.topics or not trouble.topics for trouble in troubles} == {True}
    assert {bool(trouble.topics) for trouble in troubles} == {True, False}
    assert not any(writer.trouble(step, begun=False).topics for _ in range(60))
