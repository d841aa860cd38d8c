"""Questions to the core: asked in a thread, answered in the app's own."""

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from textual.reactive import reactive
from textual.worker import get_current_worker

from planner.errors import PlannerError
from tui.typeahead import TypeAheadApp

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.worker import Worker

_Answer = TypeVar("_Answer")


class AskingApp(TypeAheadApp):
    """`trouble` is what hinders the app, for all screens to show; None while all is well."""

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
        """Run a question to the core in a thread for a screen; its answer, or the trouble, is told in the app's own.

        A newer question of the same screen and group takes the place of an older one; nothing is told to a screen that
        is gone.
        """

        def told(error: PlannerError) -> None:
            gc.enable()
            self.trouble = error

        def hand_over(worker: "Worker[Any]", take: Callable[[Any], None], what: Any) -> None:
            # A screen that is left loses its parts before its worker is cancelled.
            if not worker.is_cancelled and node.is_attached and not node._pruning:
                take(what)

        def work() -> None:
            worker = get_current_worker()
            try:
                got = question()
            except PlannerError as error:
                if not worker.is_cancelled:
                    self.call_from_thread(hand_over, worker, trouble or told, error)
            else:
                if not worker.is_cancelled:
                    self.call_from_thread(hand_over, worker, answer, got)

        node.run_worker(work, thread=True, exclusive=True, group=group)
