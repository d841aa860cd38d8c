"""Names of organisations and persons as offices write them into cells. All names are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.intake.layout.cells.organisations import OrganisationReader
from planner.intake.layout.cells.persons import read_person
from planner.intake.layout.cells.splitting import name_key, names_several, sure_names
from planner.intake.layout.folding import shape_keys
from planner.intake.proposed import Field, Severity
from tests.intake.layout.written import problems, proposed, value, values

L, S, A, D = Field.LEAD, Field.SUPPORTING, Field.ACCOUNTABLE, Field.DUE
OFFICES = st.text("甲乙丙丁戊己庚辛", min_size=1, max_size=5).map(lambda name: f"{name}局")
PERSONS = st.text("张王李赵陈林高周吴徐", min_size=2, max_size=3)


def read(text: str, field: Field = L) -> tuple[object, object]:
    """Return the lead and the supporting organisations of a cell."""
    reading = OrganisationReader(field, ())(text)
    return reading.value, {other: value for other, value, _ in reading.also}.get(S)


@pytest.mark.parametrize(
    ("text", "lead", "supporting"),
    [
        ("牵头：文旅局 配合：发改委、财政局", "文旅局", ("发改委", "财政局")),
        ("牵头单位：文旅局\n配合单位：发改委、财政局", "文旅局", ("发改委", "财政局")),
        ("牵头单位:文旅局;配合单位:发改委、财政局", "文旅局", ("发改委", "财政局")),
        ("牵头单位：文旅局配合单位：发改委等部门", "文旅局", ("发改委",)),
        ("Lead: Roads Office  Supporting: Parks Office; Tax Office", "Roads Office", ("Parks Office", "Tax Office")),
        ("주관: 교통과 협조: 건설과", "교통과", ("건설과",)),
    ],
)
def test_labels_within_a_cell_say_who_leads(text, lead, supporting):
    assert read(text) == (lead, supporting)


def test_a_word_for_nothing_is_a_name_in_an_exported_register_that_knows_it():
    known = {name_key("无")}
    assert [OrganisationReader(S, known, exported=exported)("无").value for exported in (True, False)] == [
        ("无",),
        None,
    ]


def test_each_line_is_a_name_if_all_lines_are_known_names():
    """An exported register has one name per line, and a name can have half of a pair of brackets."""
    known = {name_key(name) for name in ("Harbour（", "）Office", "Harbour（）Office")}
    assert OrganisationReader(S, known)("Harbour（\n）Office").value == ("Harbour（", "）Office")


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("发改委等", "发改委"),
        ("发改委等部门", "发改委"),
        ("发改委等5个部门", "发改委"),
        ("发改委等有关部门按职责分工负责", "发改委"),
        ("Roads Office etc.", "Roads Office"),
        ("交通課など", "交通課"),
    ],
)
def test_words_for_further_organisations_are_no_part_of_a_name(text, lead):
    reading = OrganisationReader(L, ())(text)
    assert reading.value == lead
    assert reading.doubt is not None
    assert reading.doubt.severity is Severity.REMARK
    register = proposed(f"编号|任务|牵头单位\n1|修路|{text}\n2|修桥|{text}")
    assert values(register, L) == [(lead,), (lead,)]
    assert sure_names(text) == [lead]


@pytest.mark.parametrize("name", ["各区政府", "各有关部门", "有关单位", "전 부서", "各課", "All departments"])
def test_a_name_for_several_organisations_is_remarked(name):
    reading = OrganisationReader(S, ())(name)
    assert reading.value == (name,)
    assert reading.doubt is not None
    assert "single" in reading.doubt.what
    known = OrganisationReader(S, {"".join(name.casefold().split())})(name)
    assert known.doubt is None


@pytest.mark.parametrize("name", ["各自然资源局", "全球合作局", "All Saints School", "전기과", "Other Street School"])
def test_a_name_that_only_begins_like_one_for_several_is_one(name):
    assert not names_several(name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("王五 13800000001", "王五"),
        ("赵六（13800000002）", "赵六"),
        ("孙七13900000000", "孙七"),
        ("周八\n0532-88888888", "周八"),
        ("吴九（电话：0532—8888 8888）", "吴九"),
        ("J. Brown (ext. 4821)", "J. Brown"),
        ("Ana Silva ana.silva@example.org", "Ana Silva"),
        ("홍길순 (02-123-4567)", "홍길순"),
        ("김하나(내선 1234)", "김하나"),
        ("山田花子（内線1234）", "山田花子"),
    ],
)
def test_a_telephone_number_is_no_part_of_a_name(text, name):
    reading = read_person(text)
    assert reading.value == name
    assert reading.inferred
    assert not any(character.isdigit() for character in reading.inferred)


@pytest.mark.parametrize("text", ["13800000001", "（0532-88888888）", "team@example.org"])
def test_a_telephone_number_alone_is_a_question(text):
    doubt = read_person(text).doubt
    assert doubt is not None
    assert doubt.severity is Severity.QUESTION


@pytest.mark.parametrize(
    ("text", "name", "is_told"),
    [
        ("张 三", "张三", False),
        ("欧阳娜", "欧阳娜", False),
        ("张三 李四", "张三", True),
        ("张三13800000000、李四", "张三", True),
        ("张三\n李四", "张三", True),
        ("Brown, J.", "Brown, J.", False),
        ("Room 12 clerk", "Room 12 clerk", False),
        ("User 2", "User 2", False),
    ],
)
def test_one_person_is_accountable_for_an_item(text, name, is_told):
    reading = read_person(text)
    assert reading.value == name
    assert (reading.doubt is not None) == is_told


def test_a_surname_before_a_first_name_may_be_one_person_or_two():
    doubt = read_person("Brown, John").doubt
    assert doubt is not None
    assert doubt.choices == ("Brown, John", "Brown; John")
    assert read_person("Brown, John", True).value == "Brown, John"
    # A known person is meant, unless both names are those of known people.
    assert read_person("Brown, John", known={"johnbrown": "John Brown"}).value == "John Brown"
    assert read_person("Brown, John", known={"brown,john": "Brown, John"}).value == "Brown, John"
    both = {"johnbrown": "John Brown", "john": "John", "brown": "Brown"}
    assert read_person("Brown, John", known=both).doubt is not None


@given(
    st.lists(OFFICES, min_size=1, max_size=5, unique=True), st.sampled_from(["、", "；", ";", "，", "/", "\n", " 、 "])
)
def test_names_of_offices_are_read_in_their_order(names, separator):
    lead, supporting = read(separator.join(names))
    assert (lead, supporting) == (names[0], tuple(names[1:]) or None)
    reading = OrganisationReader(S, ())(separator.join(names))
    assert reading.value == tuple(names)


@given(
    PERSONS,
    st.from_regex(r"1[3-9]\d{9}|0\d{2,3}-\d{7,8}", fullmatch=True),
    st.sampled_from(["", " ", "\n", "（", "："]),
)
def test_no_number_is_left_in_the_name_of_a_person(name, number, between):
    text = f"{name}{between}{number}" + ("）" if between == "（" else "")
    assert read_person(text).value == name


DITTOS = """
编号|任务|牵头单位|配合单位|责任人|完成时限
1|建设新图书馆|文旅局|财政局、发改委|张三|6月底前
2|改造老剧院|同上|{mark}|{mark}|{mark}
3|修缮古桥|{mark}|{mark}|{mark}|{mark}
4|新建泳池|体育局|{mark}|李四|8月底前
"""


@pytest.mark.parametrize("mark", ["同上", "〃", "″", '"', "상동", "ditto", "As above"])
def test_a_ditto_mark_repeats_the_cell_above_and_says_so(mark):
    register = proposed(DITTOS.format(mark=mark))
    first = value(register.items[0], D)
    assert values(register, L, S, A, D)[1:] == [
        ("文旅局", ("财政局", "发改委"), "张三", first),
        ("文旅局", ("财政局", "发改委"), "张三", first),
        ("体育局", ("财政局", "发改委"), "李四", value(register.items[3], D)),
    ]
    inferred = register.items[2].facts[L].inferred
    assert inferred is not None
    assert "row 2" in inferred
    assert problems(register) == []


def test_a_ditto_mark_with_nothing_above_is_an_error():
    register = proposed("编号|任务|牵头单位\n1|修路|同上")
    assert problems(register) == [("error", "plan.csv!C2 lead")]


def test_a_ditto_mark_below_a_section_repeats_the_row_before_the_section():
    register = proposed("编号|任务|牵头单位|期限\n一、交通\n1|修路|交通局|6月\n二、水务\n2|修渠|同上|7月")
    assert values(register, L) == [("交通局",), ("交通局",)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("进展情况 / 9月进展情况", "进展情况 / 10月进展情况"),
        ("截至2027年9月30日进展", "截至2027年10月31日进展"),
        ("Progress in May 2027", "Progress in June 2027"),
        ("Progress Q1", "Progress Q2"),
        ("올해 4월 실적", "올해 5월 실적"),
        ("第一季度进展", "第二季度进展"),
    ],
)
def test_headings_of_another_month_have_the_same_key(one: str, other: str) -> None:
    assert shape_keys([one, "Task"]) == shape_keys([other, "Task"])
    # In one table, the month tells them apart.
    assert len(set(shape_keys([one, other]))) == 2


def test_a_heading_that_is_only_a_month_keeps_it() -> None:
    assert shape_keys(["May", "June", "Market"]) == ["may", "june", "market"]


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("市教委 口号：快", ("市教委",)),
        ("市教委　完成时限：6月底", ("市教委",)),
        ("牵头单位：市教委 完成时限：6月底", ("牵头单位：市教委",)),
        ("市教委、市财政局（联系人：张三）", ("市教委、市财政局",)),
        ("口号：快", ()),
    ],
)
@pytest.mark.parametrize("field", [L, S])
def test_a_label_that_names_no_organisation_is_asked_about(field, text, choices):
    reading = OrganisationReader(field, ())(text)
    assert (reading.value, reading.also) == (None, ())
    assert reading.doubt is not None
    assert (reading.doubt.severity, reading.doubt.choices) == (Severity.QUESTION, choices)
    answered = OrganisationReader(field, ())(text, True).doubt
    assert answered is None or answered.severity is Severity.REMARK


def test_a_known_or_exported_name_may_have_a_colon_in_it():
    name = "Port: Harbour Office"
    assert OrganisationReader(L, ())(name).doubt
    assert OrganisationReader(L, {name_key(name)})(name).value == name
    assert OrganisationReader(L, (), exported=True)(name).value == name


@pytest.mark.parametrize("blank", [" ", "　", "  "])
def test_a_label_after_a_name_and_a_blank_begins_the_other_role(blank):
    reading = OrganisationReader(L, ())(f"甲局{blank}配合单位：乙局")
    assert (reading.value, [value for _, value, _ in reading.also]) == ("甲局", [("乙局",)])
    unsure = OrganisationReader(L, ())(f"主要{blank}责任单位：甲局")
    assert unsure.doubt is not None
    assert (unsure.value, unsure.doubt.severity) == (None, Severity.QUESTION)
