"""Runs calls to the core in worker threads, and delivers the results in the app's own thread."""

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from textual.reactive import reactive
from textual.worker import get_current_worker

from planner.base.errors import PlannerError
from tui.typeahead import TypeAheadApp

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.worker import Worker

_Answer = TypeVar("_Answer")


class AskingApp(TypeAheadApp):
    """An app that runs calls to the core in threads. `trouble` is the error that all screens show, or None."""

    trouble: reactive[PlannerError | None] = reactive(None)

    def ask(
        self,
        node: "DOMNode",
        question: Callable[[], _Answer],
        answer: Callable[[_Answer], None],
        trouble: Callable[[PlannerError], None] | None = None,
        *,
        group: str = "ask",
    ) -> None:
        """Run `question` in a thread, and pass its result to `answer` in the app's own thread.

        A PlannerError is passed to `trouble`, or shown on all screens if `trouble` is None. A newer call with the same
        node and group cancels the older one. Nothing is delivered to a screen that has been closed.
        """

        def show_everywhere(error: PlannerError) -> None:
            gc.enable()
            self.trouble = error

        def deliver(worker: "Worker[Any]", take: Callable[[Any], None], what: Any) -> None:
            # When a screen is closed, its widgets are removed before its worker is cancelled.
            if not worker.is_cancelled and node.is_attached and not node._pruning:
                take(what)

        def work() -> None:
            worker = get_current_worker()
            try:
                result = question()
            except PlannerError as error:
                if not worker.is_cancelled:
                    self.call_from_thread(deliver, worker, trouble or show_everywhere, error)
            else:
                if not worker.is_cancelled:
                    self.call_from_thread(deliver, worker, answer, result)

        node.run_worker(work, thread=True, exclusive=True, group=group)
