"""Whatever is reworded, attached and reviewed in whatever order, links stand as a plain model says, then and now."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from planner.base.errors import PlannerError
from planner.domain.vocabulary import Coverage, LinkType, ReviewDecision
from planner.queries.links.standing import LinkStanding, read_links, read_suspects
from planner.register.plan_view import PlanView
from planner.register.plans import last_recorded
from planner.store.database import Database
from planner.writes.link_reviews import LinkVerdict, review_links
from tests.effort import EFFORT
from tests.factories import COLLEAGUE, plan_of, reading_of, writing_by
from tests.linked import LINKS, attach_copy_in, on, reword_in
from tests.queries.history.test_two_clocks_model import rolled_back

# Few ends, so that much happens to each: a language in which each is cited, and how it is worded at first.
QUAYS = "Quays and lights are maintained."
ENDS = {"M1.01": ("ko", "Mended quays"), "old:duty-1": ("en", QUAYS), "new:duty-1": ("ar", QUAYS)}
FIRST = "as at first"
OTHERWISE = ("differs", "missing")

# Also backwards: the machine's clock may be set back between two writes.
instants = st.integers(0, 60).map(lambda hours: on(1) + timedelta(hours=hours))


@dataclass(frozen=True)
class Act:
    """An end is reworded, a copy attached, or a link reviewed, at an instant."""

    kind: str
    about: str
    said: str | LinkVerdict
    at: datetime


reasons = st.just("So it is.")
verdicts = st.one_of(
    st.builds(LinkVerdict, st.sampled_from((ReviewDecision.ACCEPTED, ReviewDecision.REJECTED)), reason=reasons),
    # Without a reason, where one may be needed.
    st.just(LinkVerdict(ReviewDecision.ACCEPTED)),
    # Which may be no change at all.
    st.builds(
        LinkVerdict,
        st.just(ReviewDecision.CHANGED),
        type=st.none() | st.sampled_from(LinkType),
        coverage=st.none() | st.sampled_from(Coverage),
        rationale=st.none() | st.just("Another."),
        reason=reasons,
    ),
)
acts = st.one_of(
    # Few wordings, so that they come back.
    st.builds(Act, st.just("reword"), st.sampled_from(tuple(ENDS)), st.sampled_from(("Another", FIRST)), instants),
    st.builds(
        Act, st.just("attach"), st.sampled_from(tuple(ENDS)), st.sampled_from((*OTHERWISE, "exact", "normal")), instants
    ),
    st.builds(Act, st.just("review"), st.sampled_from(LINKS[:2]), verdicts, instants),
)


@dataclass
class Model:
    """How the ends are worded, which copies read otherwise, and how each link was reviewed last, in steps."""

    step: int = 0
    wording: dict[str, str] = field(default_factory=dict)
    otherwise: dict[str, list[int]] = field(default_factory=dict)
    reviews: dict[str, tuple[int, LinkVerdict, dict[str, str]]] = field(default_factory=dict)
    said: dict[str, tuple[object, ...]] = field(default_factory=dict)

    def take(self, act: Act) -> None:
        """Note what was done."""
        self.step += 1
        if isinstance(act.said, LinkVerdict):
            old = self.said[act.about]
            new = (act.said.type, act.said.coverage, act.said.rationale)
            self.said[act.about] = tuple(part or stands for part, stands in zip(new, old, strict=True))
            self.reviews[act.about] = (self.step, act.said, dict(self.wording))
        elif act.kind == "reword":
            self.wording[act.about] = act.said
        elif act.said in OTHERWISE:
            self.otherwise.setdefault(act.about, []).append(self.step)

    def stands(self, name: str) -> tuple[object, ...]:
        """What is said of a link, its last decision, and the ends that make it suspect."""
        pinned_at, verdict, wording = self.reviews.get(name, (0, None, {}))
        ends = [] if verdict and verdict.decision is ReviewDecision.REJECTED else list(name.split(":", 1))
        changed = [
            end
            for end in ends
            if self.wording.get(end, FIRST) != wording.get(end, FIRST)
            or any(step > pinned_at for step in self.otherwise.get(end, ()))
        ]
        return (*self.said[name], verdict and verdict.decision, changed)


def standing(link: LinkStanding) -> tuple[object, ...]:
    """The same of a link as it is read."""
    decision = link.review and link.review.decision
    return (link.type, link.coverage, link.rationale, decision, [end.name for end in link.suspect])


def done(session: Session, plan: PlanView, number: int, act: Act) -> bool:
    """Do it; says whether it was not refused."""
    try:
        if isinstance(act.said, LinkVerdict):
            review_links(writing_by(session, COLLEAGUE, act.at), [act.about], act.said)
        elif act.kind == "reword":
            words = ENDS[act.about][1] if act.said == FIRST else act.said
            reword_in(session, act.about, words, act.at)
        else:
            attach_copy_in(session, act.about, ENDS[act.about][0], act.said, act.at, f"copy {number}")
    except PlannerError:
        return False
    return True


@settings(max_examples=10 * EFFORT, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(acts, max_size=10))
def test_links_stand_as_the_model_says(register: Database, planned: list[Act]):
    with rolled_back(register) as session:
        plan = plan_of(session)
        model = Model(said={link.name: standing(link)[:3] for link in read_links(reading_of(session))})
        known: list[tuple[datetime | None, dict[str, tuple[object, ...]]]] = []
        for number, act in enumerate(planned):
            if done(session, plan, number, act):
                model.take(act)
            known.append((last_recorded(session), {name: model.stands(name) for name in LINKS}))
        for instant, expected in [*known, *((None, last) for _, last in known[-1:])]:
            found = {link.name: standing(link) for link in read_links(reading_of(session, known_at=instant))}
            assert found == expected, instant
            suspect = [link.name for link in read_suspects(reading_of(session, known_at=instant))]
            assert suspect == [name for name in LINKS if expected[name][-1]], instant
