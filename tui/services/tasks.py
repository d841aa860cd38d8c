"""Runs calls to the core in worker threads, and delivers the results in the app's own thread."""

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from textual.worker import get_current_worker

from planner.base.errors import PlannerError

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.worker import Worker

    from tui.loaded import LoadedApp

_Result = TypeVar("_Result")


class Tasks:
    """Runs calls to the core, so that the screen never waits for the database."""

    def __init__(self, app: "LoadedApp") -> None:
        self._app = app

    def run(
        self,
        node: "DOMNode",
        work: Callable[[], _Result],
        done: Callable[[_Result], None],
        failed: Callable[[PlannerError], None] | None = None,
        *,
        group: str = "work",
    ) -> None:
        """Run `work` in a thread, and pass its result to `done` in the app's own thread.

        A PlannerError is passed to `failed`, or shown on all screens if `failed` is None. A newer call with the same
        node and group cancels the older one. Nothing is delivered to a screen that has been closed.
        """

        def deliver(worker: "Worker[Any]", take: Callable[[Any], None], what: Any) -> None:
            # When a screen is closed, its widgets are removed before its worker is cancelled.
            if not worker.is_cancelled and node.is_attached and not node._pruning:
                take(what)

        def call() -> None:
            worker = get_current_worker()
            try:
                result = work()
            except PlannerError as error:
                if not worker.is_cancelled:
                    self._app.call_from_thread(deliver, worker, failed or self._show_everywhere, error)
            else:
                if not worker.is_cancelled:
                    self._app.call_from_thread(deliver, worker, done, result)

        node.run_worker(call, thread=True, exclusive=True, group=group)

    def _show_everywhere(self, error: PlannerError) -> None:
        gc.enable()
        self._app.trouble = error
