"""Runs calls to the core in worker threads, and delivers the results in the app's own thread."""

import gc
from asyncio import CancelledError
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from textual.worker import get_current_worker

from planner.base.errors import PlannerError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from textual.dom import DOMNode
    from textual.worker import Worker

    from planner.domain.rules.permissions import Permission
    from planner.register.reading import Reading
    from planner.register.writing import Writing
    from tui.loaded import LoadedApp

_Result = TypeVar("_Result")
_Opened = TypeVar("_Opened")


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
        self._start(node, nullcontext, lambda _: work(), done, failed or self._show_everywhere, group)

    def read(
        self,
        node: "DOMNode",
        read: "Callable[[Reading], _Result]",
        done: Callable[[_Result], None],
        failed: Callable[[PlannerError], None] | None = None,
        *,
        group: str = "work",
    ) -> None:
        """In a worker thread, run a function that reads the register as of the day that the app shows.

        The function starts after the screen has been drawn, because it would slow down the drawing. It must itself
        import the modules that it needs, because SQLAlchemy must not be imported before the first screen is shown.
        """
        failed = failed or self._show_everywhere
        node.call_after_refresh(self._start, node, self._app.door.reading, read, done, failed, group)

    def read_to_write(
        self,
        node: "DOMNode",
        read: "Callable[[Reading], _Result]",
        done: Callable[[_Result], None],
        failed: Callable[[PlannerError], None] | None = None,
        *,
        group: str = "work",
    ) -> None:
        """Do the same as `read` for what prepares a write, as of the day of the write."""
        failed = failed or self._show_everywhere
        node.call_after_refresh(self._start, node, self._app.door.reading_to_write, read, done, failed, group)

    def write(
        self,
        node: "DOMNode",
        write: "Callable[[Writing], _Result]",
        done: Callable[[_Result], None],
        failed: Callable[[PlannerError], None] | None = None,
        *,
        group: str = "work",
        deed: "Permission | None" = None,
    ) -> None:
        """Run, in a worker thread, a write to the register by this person at the present time.

        `deed` is what it is for, where auditors may do that too. The other arguments are those of `run`.
        """
        self._start(node, partial(self._app.door.writing, deed), write, done, failed or self._show_everywhere, group)

    def counting(self, node: "DOMNode", show: Callable[[int], None]) -> Callable[[int], None]:
        """Return a function that shows a number, for the work of a thread that reports how far it is.

        It is made in the worker thread and called there. It ends the work if its result is no longer wanted.
        """
        worker = get_current_worker()

        def count(number: int) -> None:
            if worker.is_cancelled:
                raise CancelledError
            self._app.call_from_thread(lambda: show(number) if node.is_attached and not node._pruning else None)

        return count

    def _start(
        self,
        node: "DOMNode",
        opened: "Callable[[], AbstractContextManager[_Opened]]",
        work: Callable[[_Opened], _Result],
        done: Callable[[_Result], None],
        failed: Callable[[PlannerError], None],
        group: str,
    ) -> None:
        def deliver(worker: "Worker[Any]", take: Callable[[Any], None], what: Any) -> None:
            # When a screen is closed, its widgets are removed before its worker is cancelled.
            if not worker.is_cancelled and node.is_attached and not node._pruning:
                take(what)

        def call() -> None:
            worker = get_current_worker()
            try:
                with opened() as opening:
                    result = work(opening)
            except PlannerError as error:
                if not worker.is_cancelled:
                    self._app.call_from_thread(deliver, worker, failed, error)
            else:
                if not worker.is_cancelled:
                    self._app.call_from_thread(deliver, worker, done, result)

        node.run_worker(call, thread=True, exclusive=True, group=group)

    def _show_everywhere(self, error: PlannerError) -> None:
        gc.enable()
        self._app.trouble = error
