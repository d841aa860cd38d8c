"""The acts on organisations: add, rename, edit, merge and dissolve one, and give it mail addresses."""

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.base.language import later, tr, tr_count
from planner.base.listing import listed
from tui.data.acts.act import Act, ActDone, ActField, Affected, Entry, Kind
from tui.data.acts.common import LEAD, REASON, WHY_AND_WHEN_SHARED, item_picks
from tui.data.picks import Pick

if TYPE_CHECKING:
    from planner.register.reading import Reading
    from planner.register.writing import Writing
    from planner.writes.plan_changes.organisations import OrganisationChanged


# The largest number of people that a message names.
MOST_NAMED = 5


def _add(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.plan_changes.organisations import add_organisation

    done = add_organisation(
        *(writing, entry["key"], entry["name"], entry["short_name"]),
        language=entry["language"],
        mail_address=entry["mail_address"],
    )
    return ActDone(done.sentence())


def _rename(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.plan_changes.organisations import rename_organisation

    done = rename_organisation(
        writing, entry["organisation"], entry["name"], short_name=entry["short_name"], **entry.about
    )
    return ActDone(done.sentence())


def _edit(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.plan_changes.organisations import edit_organisation

    done = edit_organisation(writing, entry["organisation"], entry["reason"], language=entry["language"] or "")
    return ActDone(done.sentence())


def _edit_addresses(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.plan_changes.organisations import edit_organisation

    done = edit_organisation(writing, entry["organisation"], entry["reason"], mail_address=entry["mail_address"] or "")
    return ActDone(done.sentence())


def _merge(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.plan_changes.organisations import merge_organisation

    done = merge_organisation(writing, entry["organisation"], entry["into"], **entry.about)
    return ActDone(" ".join(filter(None, (done.sentence(), _led_anew(done), done.still_runs()))))


def _dissolve(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.plan_changes.organisations import dissolve_organisation

    leads = dict(entry["give"] or ())
    done = dissolve_organisation(writing, entry["organisation"], lead=entry["lead"], leads=leads, **entry.about)
    sentences = [done.sentence(), _led_anew(done), *filter(None, (done.still_runs(),))]
    if done.people:
        sentences.append(tr("These people still belong to it: {logins}.", logins=listed(done.people, MOST_NAMED)))
    return ActDone(" ".join(sentences))


def _led_anew(done: "OrganisationChanged") -> str:
    return tr_count("{count:,} item has a new lead.", "{count:,} items have a new lead.", len(done.items))


def _merged(reading: "Reading", entry: Entry) -> Affected:
    from planner.writes.plan_changes.organisations import runs_plans
    from planner.writes.plan_changes.previews import preview_organisation

    work = preview_organisation(reading, entry["organisation"], entry.about["as_of"])
    into = entry["into"]
    # An organisation that leads an item does not support it as well.
    supported = [one for one in work.supported if one.lead != into]
    own = [one for one in work.supported if one.lead == into]
    summary = (
        tr_count("{into} leads {count:,} more item.", "{into} leads {count:,} more items.", len(work.led), into=into),
        tr_count(
            "{into} supports {count:,} item in its place.",
            "{into} supports {count:,} items in its place.",
            len(supported),
            into=into,
        ),
        tr_count("{count:,} person moves to {into}.", "{count:,} people move to {into}.", len(work.people), into=into),
    )
    items = (
        *item_picks(work.led, tr("new lead: {lead}", lead=into)),
        *item_picks(supported, tr("supported by {into}", into=into)),
        *item_picks(own, tr("no longer supported")),
    )
    return Affected((*summary, *filter(None, (runs_plans(entry["organisation"], work.runs),))), items, work)


def _dissolved(reading: "Reading", entry: Entry) -> Affected:
    from planner.writes.plan_changes.organisations import runs_plans
    from planner.writes.plan_changes.previews import preview_organisation

    work = preview_organisation(reading, entry["organisation"], entry.about["as_of"])
    summary = (
        tr_count("{count:,} item gets a new lead.", "{count:,} items get a new lead.", len(work.led)),
        tr_count(
            "{count:,} item loses a supporting organisation.",
            "{count:,} items lose a supporting organisation.",
            len(work.supported),
        ),
    )
    single, lead = dict(entry["give"] or ()), entry["lead"] or tr("none given")
    led = [
        Pick(one.code, f"{one.code}  {one.title}", tr("new lead: {lead}", lead=single.get(one.code, lead)))
        for one in work.led
    ]
    warned = (*summary, *filter(None, (runs_plans(entry["organisation"], work.runs),)))
    return Affected(warned, (*led, *item_picks(work.supported, tr("no longer supported"))), work)


def _free_key(reading: "Reading", key: str) -> None:
    from planner.writes.plan_changes.names import checked_key

    checked_key(reading.session, key)


def _free_name(reading: "Reading", name: str) -> None:
    from planner.writes.plan_changes.names import free_name

    free_name(reading.session, name, None)


def _valid_addresses(_reading: "Reading", addresses: str) -> None:
    from planner.domain.mail_addresses import checked_addresses

    checked_addresses(addresses)


_ORGANISATION = replace(LEAD, name="organisation", title=later("Organisation"), required=True)
_SHORT_NAME = ActField("short_name", later("Short name"), hint=later("of up to 32 characters; may be empty"))
_LANGUAGE = ActField("language", later("Language"), hint=later("of its status sheets, such as ko; may be empty"))
_ADDRESSES = ActField(
    "mail_address",
    later("Mail addresses"),
    hint=later("with a comma between two; may be empty"),
    check=_valid_addresses,
)

ORGANISATION_ACTS = (
    Act(
        "organisation.add",
        later("Add organisation"),
        later("Add an organisation to the register"),
        (
            ActField(
                "key", later("Key"), hint=later("a short name such as harbour-office"), required=True, check=_free_key
            ),
            ActField("name", later("Name"), hint=later("the full name"), required=True, check=_free_name),
            _SHORT_NAME,
            _LANGUAGE,
            _ADDRESSES,
        ),
        _add,
        of_all_plans=True,
    ),
    Act(
        "organisation.rename",
        later("Rename organisation"),
        later("Give an organisation another name; as of an earlier day, the earlier one is shown"),
        (_ORGANISATION, ActField("name", later("New name"), required=True), _SHORT_NAME, *WHY_AND_WHEN_SHARED),
        _rename,
        of_all_plans=True,
    ),
    Act(
        "organisation.edit",
        later("Edit organisation"),
        later("Change the language in which status sheets are written for an organisation"),
        (_ORGANISATION, _LANGUAGE, REASON),
        _edit,
        of_all_plans=True,
    ),
    Act(
        "organisation.addresses",
        later("Mail addresses of organisation"),
        later("Change the mail addresses to which reminders and status sheets for an organisation are sent"),
        (_ORGANISATION, _ADDRESSES, REASON),
        _edit_addresses,
        of_all_plans=True,
    ),
    Act(
        "organisation.merge",
        later("Merge organisation"),
        later("Let another organisation take over the items and the people of one"),
        (_ORGANISATION, replace(LEAD, name="into", title=later("Into"), required=True), *WHY_AND_WHEN_SHARED),
        _merge,
        affected=_merged,
        of_all_plans=True,
    ),
    Act(
        "organisation.dissolve",
        later("Dissolve organisation"),
        later("End an organisation, and give each of its items a new lead"),
        (
            _ORGANISATION,
            replace(LEAD, title=later("New lead")),
            ActField(
                "give",
                later("Other leads"),
                Kind.PAIRS,
                hint=later("T-004 = town-archive; a line for each"),
            ),
            *WHY_AND_WHEN_SHARED,
        ),
        _dissolve,
        affected=_dissolved,
        of_all_plans=True,
    ),
)
