"""The process of a helper: it opens the register, and checks the parts that it is asked for until its input ends."""

import gc
import pickle
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any, BinaryIO

from planner.store.database import open_to_verify
from planner.store.schema import restrict_search_path

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.integrity.helpers.helpers import Greeting
    from planner.integrity.helpers.part import Part


def main() -> None:
    """Answer what comes through the standard input."""
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    greeting: Greeting = pickle.load(asked)
    gc.set_threshold(*greeting.garbage_thresholds)
    with closing(open_to_verify(greeting.url)) as database, database.reading() as session:
        restrict_search_path(session.connection())
        _tell(answers, "ready")
        _answer_all(session, asked, answers)


def _answer_all(session: "Session", asked: BinaryIO, answers: BinaryIO) -> None:
    while True:
        try:
            part: Part[Any] = pickle.load(asked)
        except EOFError:
            # The verification has ended, in whatever way.
            return
        _tell(answers, part.check(session))


def _tell(answers: BinaryIO, what: object) -> None:
    pickle.dump(what, answers)
    answers.flush()


if __name__ == "__main__":
    main()
