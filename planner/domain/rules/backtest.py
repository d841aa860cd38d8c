"""Testing the completion forecast (outlook) on the register's past, by comparing predictions with what happened.

A prediction for a day uses only what was known on that day. The results have two uses: the outlook learns from them,
and they show how often it was right.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from planner.domain.rules.outlook import Estimate, Outlook, Series, outlook
from planner.domain.rules.track_record import Calibration, Case, Record, record_of
from planner.domain.vocabulary import NoOutlook, Prospect

_WEEK = timedelta(weeks=1)


class PastItem(NamedTuple):
    """An item as it was known on a day.

    `series` holds its weekly percents up to that day and `due` its due date. `no_pace_reason` is the reason why its
    pace cannot be used, or None. `done_on` is the day on which it reached 100 percent, or None. `given_up` is true if
    the item was cancelled or merged and this was confirmed.
    """

    item: int
    series: Series
    due: date
    no_pace_reason: NoOutlook | None = None
    done_on: date | None = None
    given_up: bool = False


class _Prediction(NamedTuple):
    """A prediction of when an item will be done, made on a past day."""

    item: int
    day: date
    due: date
    verdict: Prospect
    estimate: Estimate


def backtest(days: Iterable[tuple[date, Sequence[PastItem]]]) -> tuple[Record, Calibration]:
    """Replay the days of a register, the earliest first. The last day is the day of the outlook.

    Return the record of the earlier predictions as of the last day, and how often they were right.
    """
    predictions: list[_Prediction] = []
    record, calibration = Record(), Calibration()
    for day, standings in days:
        by_item = {item.item: item for item in standings if not item.given_up}
        record = record_of(_cases(predictions, by_item, day))
        calibration = _calibration(predictions, by_item, day)
        for item in by_item.values():
            result = outlook(item.series, item.due, day, item.no_pace_reason, record)
            predictions.extend(_predictions_for(item, day, result))
    return record, calibration


def _predictions_for(item: PastItem, day: date, result: Outlook) -> Iterable[_Prediction]:
    return () if result.estimate is None else (_Prediction(item.item, day, item.due, result.verdict, result.estimate),)


def _cases(predictions: Iterable[_Prediction], by_item: Mapping[int, PastItem], day: date) -> Iterable[Case]:
    """Yield a case for each prediction, with the time its item took or has taken. Items given up are left out."""
    for prediction in predictions:
        if prediction.item in by_item:
            done_on = by_item[prediction.item].done_on
            weeks = max(0.0, ((done_on or day) - prediction.day) / _WEEK)
            ground = prediction.estimate.ground
            yield Case(prediction.item, ground, weeks / ground.unit, done_on is not None)


def _calibration(predictions: Iterable[_Prediction], by_item: Mapping[int, PastItem], day: date) -> Calibration:
    """Count the predictions that have come due, and how many of them were right.

    A range comes due when its item is done, or when its late end has passed. If the item is not done by then, the range
    was too early.
    """
    came_due = held = said_in_time = were_in_time = 0
    for prediction in predictions:
        if prediction.item not in by_item:
            continue
        done_on, late = by_item[prediction.item].done_on, prediction.estimate.late
        if done_on is not None or (late is not None and late <= day):
            came_due += 1
            held += done_on is not None and prediction.estimate.early <= done_on and (late is None or done_on <= late)
        if prediction.verdict is Prospect.LIKELY_IN_TIME and (done_on is not None or prediction.due <= day):
            said_in_time += 1
            were_in_time += done_on is not None and done_on <= prediction.due
    return Calibration(came_due, held, said_in_time, were_in_time)
