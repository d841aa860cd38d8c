"""Going through a queue: each item that was not reported comes up, also those that were skipped."""

from tui.services.rounds import Round


def test_the_next_is_the_first_that_was_not_reported_and_after_the_last_those_before():
    tour = Round(["T-001", "T-002", "T-003"])
    assert tour.place("T-002") == (2, 3)
    tour.reported("T-002")
    assert tour.after("T-002") == "T-003"
    tour.reported("T-003")
    assert tour.after("T-003") == "T-001"
    tour.reported("T-001")
    assert tour.after("T-001") is None
    assert tour.recorded == {"T-001", "T-002", "T-003"}


def test_without_a_queue_there_is_nothing_after():
    tour = Round()
    assert (tour.place("T-001"), tour.after("T-001"), tour.recorded) == (None, None, frozenset())
