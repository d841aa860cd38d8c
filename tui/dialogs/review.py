"""The dialog for reviewing a link: accept it, reject it, or change its type, its coverage or its rationale."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from planner.base.language import later, tr
from planner.domain.symbols import words
from planner.domain.vocabulary import Coverage, LinkType, ReviewDecision
from tui.dialogs.writing_dialog import WritingDialog
from tui.marks import MUTED, TROUBLE, mark, one_line
from tui.widgets.form.fields import Field, TextField, WordField
from tui.widgets.form.form import field_row
from tui.widgets.mandates.link import link_summary
from tui.widgets.options import Options

if TYPE_CHECKING:
    from planner.base.errors import PlannerError
    from planner.queries.links.standing import LinkStanding
    from planner.register.writing import Writing

_CHOSEN = {ReviewDecision.ACCEPTED: "✓ accept", ReviewDecision.REJECTED: "× reject", ReviewDecision.CHANGED: "± change"}


class ReviewDialog(WritingDialog["LinkStanding"]):
    """Reviews a link. The result is the link after the review.

    If somebody else has reviewed the link meanwhile, the dialog shows this and keeps the input.
    """

    title_shown = later("Review a link")

    def __init__(self, link: "LinkStanding", decision: ReviewDecision) -> None:
        super().__init__()
        self._link = link
        self._decision = decision

    def subject(self) -> Content:
        """Return a description of the link, with the reasons why it is suspect."""
        lines = [Content.assemble(link_summary(self._link), "  ", mark(self._link.state))]
        lines += [Content.styled(f"≠ {end.why}", TROUBLE) for end in self._link.suspect]
        return Content("\n").join(lines)

    def fields(self) -> ComposeResult:
        """Yield the fields for the decision and the reason, and for the new values of a change."""
        yield field_row(tr("Decision"), _choice("decision", _CHOSEN))
        with Vertical(id="changed"):
            yield field_row("Is", _choice("type", {each: words(each.value) for each in LinkType}))
            yield field_row(tr("Coverage"), _choice("coverage", {each: each.value for each in Coverage}))
            yield field_row(tr("Rationale"), TextField("rationale", hint=tr("why the clause supports this link")))
        yield field_row(tr("Reason"), TextField("reason", hint=tr("the reason for your decision, for the audit log")))

    def on_mount(self) -> None:
        """Focus the reason, or the link's type if the decision is to change the link."""
        self._field("decision").entered = self._decision.value
        self._fill(self._link)
        self._show_change()
        first = "type" if self._decision is ReviewDecision.CHANGED else "reason"
        self._field(first).focus()

    def _field(self, name: str) -> Field:
        field: Field = self.query_one(f"#{name}")  # type: ignore[assignment]  # each is one of the fields
        return field

    def _fill(self, link: "LinkStanding") -> None:
        self._field("type").entered = link.type.value
        self._field("coverage").entered = link.coverage.value
        self._field("rationale").entered = link.rationale

    def on_options_chosen(self, event: Options.Chosen) -> None:
        """Show the fields for new values only if the decision is to change the link."""
        if event.options.id == "decision":
            self._show_change()

    def _show_change(self) -> None:
        self.query_one("#changed").display = self._field("decision").entered == ReviewDecision.CHANGED.value

    def writing(self) -> "Callable[[Writing], LinkStanding]":
        """Return the function that records the review."""
        from planner.writes.link_reviews import LinkVerdict, review_links

        decision = ReviewDecision(self._field("decision").entered)
        reason = self._field("reason").entered
        if decision is ReviewDecision.CHANGED:
            kind, coverage = LinkType(self._field("type").entered), Coverage(self._field("coverage").entered)
            verdict = LinkVerdict(decision, kind, coverage, self._field("rationale").entered, reason)
        else:
            verdict = LinkVerdict(decision, reason=reason)
        link = self._link
        return lambda writing: review_links(writing, [link.name], verdict, expected={link.name: link.seen})[0]

    def refused(self, error: "PlannerError") -> None:
        """Show an error. If the link has changed meanwhile, show its new state. The next attempt reviews that state."""
        from planner.writes.link_reviews import LinkConflictError

        super().refused(error)
        if isinstance(error, LinkConflictError):
            before, self._link = self._link, error.theirs
            untouched = all(
                self._field(name).entered == stood
                for name, stood in (
                    ("type", before.type),
                    ("coverage", before.coverage),
                    ("rationale", before.rationale),
                )
            )
            if untouched:
                self._fill(error.theirs)
            self.tell_subject()
            self.say(_conflict(error.theirs, self.planner.key_for("window.save")))
            self.planner.loading.read_again(())


def _choice(name: str, offered: dict[ReviewDecision, str] | dict[LinkType, str] | dict[Coverage, str]) -> WordField:
    return WordField(name, [word.value for word in offered], [Content(label) for label in offered.values()])


def _conflict(link: "LinkStanding", key: str) -> Content:
    """Return a message: another person has reviewed the link, or the text of one of its ends has changed."""
    review = link.review
    who = (
        tr(
            "! {actor} reviewed this link: {decision}. Your decision is not saved.",
            actor=one_line(review.actor),
            decision=review.decision.value,
        )
        if review
        else tr("! The linked text has changed. Your decision is not saved.")
    )
    return Content.assemble(
        (f"{who} ", TROUBLE),
        (tr("The link is shown as it is now. Rationale: "), MUTED),
        link.rationale,
        (" " + tr("{key} saves your decision.", key=key), MUTED),
    )
