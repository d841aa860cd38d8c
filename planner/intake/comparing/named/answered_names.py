"""The organisations that people mean by names with slips, so that items can be found by their leads before all else."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from planner.intake.comparing.named.like_names import question_field
from planner.intake.proposed import Field, Given, ProposedItem, answer_key


def answered_names(
    items: Iterable[ProposedItem], answers: Mapping[str, str], keys: Collection[str]
) -> Mapping[str, str]:
    """Return the key of the organisation that an answer gives a name, by the name.

    A name is asked about where it comes first. `keys` are those of the organisations of the register.
    """
    if not answers:
        return {}
    found: dict[str, str] = {}
    for item in items:
        for fact in (Field.LEAD, Field.SUPPORTING):
            given = item.facts.get(fact)
            for name in _names(given):
                if given is not None and name not in found:
                    found[name] = answer_about(name, given, fact, answers)
    return {name: answer for name, answer in found.items() if answer in keys}


def _names(given: Given | None) -> Iterator[str]:
    value = None if given is None else given.value
    names = value if isinstance(value, tuple) else (value,)
    return (str(name) for name in names if name)


def answer_about(name: str, given: Given, fact: Field, answers: Mapping[str, str]) -> str:
    """Return the answer about a name: that of a further name of a cell, or that of the first one. It can be empty."""
    key = answer_key(given.place, question_field(given, fact))
    return next((answers[one] for one in (f"{key} {name}", key) if one in answers), "")
