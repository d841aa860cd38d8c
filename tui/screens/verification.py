"""The pane that verifies the history. It shows the progress, and then the same result as `planner verify`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.worker import get_current_worker

from planner.base.formats import percent
from planner.base.language import tr, tr_count
from planner.base.visible_text import one_line
from tui.data.verifying import verify_history
from tui.marks import HEADING, MUTED, STRONG, TROUBLE, bar, colour, symbol
from tui.widgets.blocks import Block, BlockPane
from tui.widgets.trouble import sentence

if TYPE_CHECKING:
    from planner.base.errors import PlannerError
    from planner.integrity.verifying import Verification
    from planner.register.reading import Reading
    from tui.data.verifying import CheckpointFiles
    from tui.shell import Shell

# The group of the verifying thread. Only one thread of the group runs at a time.
VERIFYING = "verify"

_BAR = 24


class VerificationPane(BlockPane):
    """The verification pane. A thread verifies the history, and continues while other screens are shown."""

    running: reactive[bool] = reactive(False)

    @dataclass
    class Ended(Message):
        """The verification has finished or failed. `message` is the result or the error."""

        message: str
        troubled: bool

    def __init__(self) -> None:
        super().__init__(id="verification")
        self.time_zone = "UTC"

    @property
    def _planner(self) -> "Shell":
        return cast("Shell", self.app)

    def on_mount(self) -> None:
        """Show that nothing has been verified yet, and how to start."""
        self.fill([Block(Content.styled(f"{tr('Not verified since the app was started.')} {self._how}", MUTED))])

    @property
    def _how(self) -> str:
        key = self._planner.key_for
        return tr(
            "Press {verify} to check that nobody has changed the history outside the program, or {checkpoint} to check "
            "it against a checkpoint that was kept elsewhere.",
            verify=key("log.verify"),
            checkpoint=key("log.checkpoint"),
        )

    def begin(self, anchor: "CheckpointFiles") -> None:
        """Start to verify the whole history."""
        app = self._planner
        self.running = True
        self._progress(0, 1)

        def question(reading: "Reading") -> "Verification | None":
            worker = get_current_worker()

            def tell(seen: int, total: int) -> None:
                if not worker.is_cancelled:
                    app.call_from_thread(self._progress, seen, total)

            return verify_history(reading, anchor, tell, lambda: not worker.is_cancelled, app.door)

        app.tasks.read(self, question, self._found, self._refused, group=VERIFYING)

    def stop(self) -> None:
        """Stop the verification without a result."""
        self.workers.cancel_group(self, VERIFYING)
        self.running = False
        stopped = tr("Stopped. The history has not been verified.")
        self.fill([Block(Content(stopped)), Block(Content.styled(self._how, MUTED))])

    def _progress(self, seen: int, total: int) -> None:
        if self.running:
            done = 100 * seen / total
            note = tr(
                "Press {key} to stop. The verification continues while you use other screens.",
                key=self._planner.key_for("log.stop"),
            )
            drawn = bar(done, None, _BAR)
            self.fill(
                [
                    Block(Content.assemble(tr("Verifying"), "  ", drawn, f"  {percent(done)}")),
                    Block(Content.styled(note, MUTED)),
                ]
            )

    def _found(self, found: "Verification | None") -> None:
        if found is not None:
            from planner.integrity.wording import verdict_words

            self.running = False
            self.fill(found_blocks(found, self._planner.door.now().astimezone(ZoneInfo(self.time_zone))))
            self.scroll_home(animate=False)
            self.post_message(self.Ended(verdict_words(found), bool(found.problems)))

    def _refused(self, error: "PlannerError") -> None:
        self.running = False
        self.fill(_refused_blocks(error, self._how))
        self.post_message(self.Ended(error.note, True))


def _refused_blocks(error: "PlannerError", how: str) -> Iterator[Block]:
    yield Block(Content.styled(f"! {tr('Not verified:')} {sentence(error.what)}", TROUBLE))
    yield from (Block(Content(part)) for part in (error.where, error.do and sentence(error.do)) if part)
    yield Block(Content.styled(how, MUTED))


def found_blocks(found: "Verification", at: datetime) -> Iterator[Block]:
    """Yield the result of a verification: verdict, time, numbers, problems, and what was and was not checked."""
    from planner.integrity.wording import check_lines, checkpoint_line, numbers, problem_groups, verdict_words

    yield Block(Content.assemble(symbol(found.verdict), " ", (verdict_words(found), f"bold {colour(found.verdict)}")))
    verified = tr_count(
        "Verified on {day} at {time}: {count:,} event in the log of {origin}",
        "Verified on {day} at {time}: {count:,} events in the log of {origin}",
        found.events,
        day=f"{at:%Y-%m-%d}",
        time=f"{at:%H:%M}",
        origin=found.origin,
    )
    yield Block(Content.styled(verified, MUTED))
    for number, counted in numbers(found):
        yield Block(Content.assemble((f"{number:>10,}", STRONG), f"  {counted}"))
    for one in found.checkpoints:
        yield Block(Content.styled(checkpoint_line(one), "" if one.holds else TROUBLE))
    for meaning, problems, more in problem_groups(found):
        yield Block(Content.styled(f"! {meaning}", f"bold {TROUBLE}"), "-heading")
        yield from (Block(Content(f"{one_line(each.where)}: {one_line(each.what)}"), "-detail") for each in problems)
        if more:
            yield Block(Content.styled(tr_count("and {count:,} more", "and {count:,} more", more), MUTED), "-detail")
    yield Block(Content.styled(tr("Not checked"), HEADING), "-heading")
    yield from (Block(Content(f"· {line}")) for line in found.not_checked)
    yield Block(Content.styled(tr("Checked"), HEADING), "-heading")
    lines = (*check_lines(found), tr("Root hash: {root}", root=found.root))
    yield from (Block(Content.styled(line, MUTED)) for line in lines)
