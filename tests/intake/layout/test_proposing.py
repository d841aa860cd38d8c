"""Whole sheets, as offices write them, become items, themes and totals; nothing of them vanishes."""

from planner.intake.proposed import Field
from planner.intake.sheets import Merged, Sheet
from tests.intake.layout.written import problems, proposed, sheet_of, value, values
from tests.intake.messy import ENTRIES, NOTE, TITLE, YEAR


def messy_sheet() -> Sheet:
    """The messy register: titles above, headings in two rows, section rows merged across, totals and a note below."""
    lines = [
        f"|{TITLE}",
        "|填报日期：2027年1月15日",
        "",
        "|序号|重点任务|责任单位|||完成时限",
        "|||牵头单位|配合单位||",
    ]
    merged = [Merged(1, 2, 1, 8), Merged(4, 2, 5, 2), Merged(4, 3, 5, 3), Merged(4, 4, 4, 5), Merged(4, 7, 5, 7)]
    section = ""
    for entry in ENTRIES:
        if entry.section != section:
            section = entry.section
            lines.append(f"|{section}")
            merged.append(Merged(len(lines), 2, len(lines), 7))
        lines.append(f"|{entry.code}|{entry.title}|{entry.lead}|{entry.supporting}||{entry.due_text}")
    lines += [f"|合计|{len(ENTRIES)}项", "", f"|{NOTE}"]
    return sheet_of("\n".join(lines), "任务表", merged=tuple(merged))


def test_the_messy_register_means_what_its_office_means():
    register = proposed(messy_sheet(), sheet_of("一、各单位每月25日前报送。\n二、联系人：督查室。", "填表说明"))
    fields = (Field.CODE, Field.TITLE, Field.LEAD, Field.SUPPORTING, Field.DUE, Field.THEME)
    assert values(register, *fields) == [
        (one.code, one.title, one.lead, one.means_supporting or None, one.due, (one.section[2:],)) for one in ENTRIES
    ]
    assert [theme.facts[Field.TITLE].value for theme in register.themes] == ["交通建设", "教育提升", "水环境治理"]
    assert [theme.facts[Field.LABEL].value for theme in register.themes] == ["一", "二", "三"]
    assert {name: given.value for (_, name), given in register.totals.items()} == {"items": len(ENTRIES)}
    # 各区政府 is no single organisation, and the sheet of instructions has no tasks.
    assert problems(register) == [("remark", "plan.csv: 任务表!E12 supporting"), ("remark", "plan.csv: 填表说明")]
    assert [str(place) for place, _ in register.ignored[-2:]] == ["plan.csv: 填表说明!1", "plan.csv: 填表说明!2"]
    assert YEAR == 2027
    # A date that leaves out its year says so.
    assert register.items[1].facts[Field.DUE].inferred == "the year 2027 is that of the plan"
    assert str(register.items[0].facts[Field.LEAD].place) == "plan.csv: 任务表!D7"
    assert value(register.items[0], Field.NOTE) is None
