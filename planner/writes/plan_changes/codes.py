"""The codes of items: those that people give, and those that the program makes where they give none."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.errors import BadValueError, NotAllowedError
from planner.base.language import tr
from planner.base.texts import clean
from planner.domain.codes import code_key
from planner.domain.lengths import LONGEST_CODE
from planner.domain.made_codes import MadeCodes, is_made
from planner.queries.plans.made_codes import keys_of_made_codes
from planner.register.plan_view import PlanView
from planner.store.models import Item


def new_code(session: Session, plan: PlanView, given: str | None) -> str:
    """Return the code of a new item: the one that a person gives, or one that the program makes.

    Raises the errors of `checked_code`.
    """
    if given is not None and given.strip():
        return checked_code(session, plan, given)
    return MadeCodes(keys_of_made_codes(session, plan.id)).next()


def checked_code(session: Session, plan: PlanView, given: str, own: Item | None = None) -> str:
    """Return the code that a person gives a new item, or the new code of the item `own`.

    Raises BadValueError if it is invalid or has the mark of the program, and NotAllowedError if another item has it.
    """
    code = clean(given, "CODE")
    if code is None or len(code) > LONGEST_CODE or "\n" in code:
        raise BadValueError(
            tr("'{given}' is not a valid code", given=given),
            where="CODE",
            do=tr("Give a code of up to {longest} characters, on one line", longest=LONGEST_CODE),
        )
    if is_made(code):
        # docs/decisions/0166: people could not tell it from a code that the program made.
        raise BadValueError(
            tr("only the program makes codes such as '{given}'", given=code),
            where="CODE",
            do=tr("Give another code"),
        )
    # An item of an import that was undone keeps its code, although it no longer belongs to the register.
    same = select(Item.code).where(Item.plan_id == plan.id, Item.code_key == code_key(code))
    taken = session.execute(same if own is None else same.where(Item.id != own.id)).scalar()
    if taken is not None:
        raise NotAllowedError(
            tr("the code {code} is already used in this plan", code=taken), where="CODE", do=tr("Give another code")
        )
    return code
