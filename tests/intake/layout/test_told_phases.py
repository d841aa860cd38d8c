"""The phases that texts about progress tell."""

import pytest

from planner.domain.vocabulary import Phase
from planner.intake.layout.cells.numbers import PercentReader
from planner.intake.layout.cells.reading import Reading
from planner.intake.layout.cells.texts import read_remarks
from planner.intake.layout.cells.told_phases import PhaseFromText, can_be_completed
from planner.intake.proposed import Field, Problem, ProposedRegister, Severity
from tests.intake.layout.written import problems, proposed, values

READ = PhaseFromText(read_remarks, has_phases=False)


def phase_in(reading: Reading) -> object:
    return next((value for field, value, _ in reading.also if field is Field.PHASE), None)


@pytest.mark.parametrize(
    ("text", "phase"),
    [
        ("Not started", Phase.NOT_STARTED),
        ("Not started: no money yet", Phase.NOT_STARTED),
        ("On hold until the grant comes", Phase.SUSPENDED),
        ("The project is on hold.", Phase.SUSPENDED),
        ("Cancelled by the board", Phase.CANCELLED),
        ("Cancelled for lack of money", Phase.CANCELLED),
        ("Eingestellt wegen Geldmangels", Phase.CANCELLED),
        ("متوقف بسبب التمويل", Phase.SUSPENDED),
        ("ملغى بقرار المجلس", Phase.CANCELLED),
        ("لم تبدأ بسبب نقص التمويل", Phase.NOT_STARTED),
        ("Completed, opened by the mayor", Phase.COMPLETED),
        ("Completed on 3 May", Phase.COMPLETED),
        ("Completed 3 May 2027", Phase.COMPLETED),
        ("未启动", Phase.NOT_STARTED),
        ("项目已完工，已验收", Phase.COMPLETED),
        ("已取消。", Phase.CANCELLED),
        ("尚未启动，待资金到位", Phase.NOT_STARTED),
        ("완료", Phase.COMPLETED),
        ("완공", Phase.COMPLETED),
        ("착공 전", Phase.NOT_STARTED),
        ("尚未开工", Phase.NOT_STARTED),
        ("尚未辦理", Phase.NOT_STARTED),
        ("着手前", Phase.NOT_STARTED),
        ("Yet to begin", Phase.NOT_STARTED),
        ("En cours", Phase.IN_PROGRESS),
        ("Non commencée", Phase.NOT_STARTED),
        ("Terminée, inaugurée en mai", Phase.COMPLETED),
        ("En ejecución", Phase.IN_PROGRESS),
        ("Finalizada", Phase.COMPLETED),
        ("Sin iniciar", Phase.NOT_STARTED),
        ("Em andamento", Phase.IN_PROGRESS),
        ("Não iniciado", Phase.NOT_STARTED),
        ("Concluído", Phase.COMPLETED),
        ("完了した", Phase.COMPLETED),
        ("완료됨", Phase.COMPLETED),
        ("已竣工验收", Phase.COMPLETED),
        ("已辦理完竣", Phase.COMPLETED),
        # Words that speak of work beside what is planned.
        ("已完成设计，计划5月开工", None),
        ("尚未开工，正在办理手续", Phase.NOT_STARTED),
        ("Design done, to be started in June", None),
        ("Willow planted", None),
        # What is prepared is something else than the start, so work goes on.
        ("筹备工作已就绪", None),
        ("正在准备招标文件", None),
        ("입찰 준비중", None),
        ("In preparation of the tender", None),
        ("10月20日已完成", Phase.COMPLETED),
        ("2027年3月5日已完工", Phase.COMPLETED),
        ("10월 20일 완료", Phase.COMPLETED),
        ("Am 20.10. abgeschlossen", Phase.COMPLETED),
        # The day of a plan.
        ("10月20日前完成", None),
        # These are words about a part of the work.
        ("已完成立项", None),
        ("Completed survey", None),
        ("Completed: the survey", None),
        ("Completed in 2 of 5 wards", None),
        ("Open day held", None),
        ("Contractor appointed", None),
        ("取消行政审批事项12项", None),
        ("勘察设计已完成", None),
        ("노선 취소 건 협의 완료 후 시공", None),
        ("Traffic accidents dropped by a third", None),
        ("設計を開始した", None),
    ],
)
def test_the_phase_that_a_text_tells(text: str, phase: Phase | None) -> None:
    reading = READ(text)
    assert (phase_in(reading), reading.value, reading.doubt) == (phase, text, None)


@pytest.mark.parametrize(
    "text",
    [
        "Survey done. Project cancelled.",
        "Completed, except the paint",
        "已完成（80%）",
        "10月20日已通车",
        "已终止，并入CD-01",
        "Cancelled, merged into KP-3",
        "Opened to traffic on 20 October",
    ],
)
def test_an_end_that_is_not_sure_is_remarked_and_leaves_the_phase(text: str) -> None:
    reading = READ(text)
    assert phase_in(reading) is None
    assert reading.doubt is not None
    assert reading.doubt.severity is Severity.REMARK
    # Whoever has phases in a column of their own needs no remark.
    assert PhaseFromText(read_remarks, has_phases=True)(text).doubt is None


@pytest.mark.parametrize(
    "text",
    [
        "检讨中", "檢討中", "検討中", "研究中", "正在研究", "검토 중", "Under review", "in Prüfung",
        "计划5月开工", "拟于下月启动", "无进展", "并入第3项", "预计6月底完成", "暫無進展",
        "추진예정", "'25.3월 착공 예정", "9月着工予定",
        "착수 준비중", "준비 중", "착공을 준비중", "筹备中", "正在筹备", "籌備中",
        "准备开工", "正在准备启动", "着手準備中", "準備中",
        "Preparing to start", "The project is in preparation", "In Vorbereitung", "En préparation", "قيد التحضير",
        "No progress", "Nothing yet", "Will start in June", "To be started", "Planned for May", "Waiting for funds",
        "Stopped", "Postponed to 2027", "Merged with KP-3",
        "Noch kein Beginn", "Geplant für Mai", "Pas encore de chantier", "En attente de crédits", "Aún no comenzado",
        "Pendiente de fondos", "لم يبدأ العمل بعد", "بانتظار التمويل",
    ],
)  # fmt: skip
def test_words_about_what_is_not_done_make_no_work(text: str) -> None:
    reading = READ(text)
    assert phase_in(reading) is None
    assert Field.PHASE in [field for field, _, _ in reading.also]
    assert reading.doubt is not None
    assert reading.doubt.severity is Severity.REMARK


@pytest.mark.parametrize(
    "text",
    [
        "사업 취소됨", "사업이 취소되었음", "예산 삭감으로 취소", "사업 완료됨", "완료하였음", "아직 착수하지 못함",
        "공사 중단됨", "事業を中止した", "予算不足のため休止中", "まだ着手していない", "工事が完了した",
        "تم إلغاء المشروع", "因资金不足取消", "还没有开工", "工程已经完工了", "Could not start yet",
        "The works are finished", "It couldn't start", "Work has stopped", "The council has cancelled the project",
        "Obra paralisada", "Travaux suspendus", "Das Vorhaben wurde eingestellt",
        "Surveyed in May. Then the project was abandoned",
    ],
)  # fmt: skip
def test_words_for_an_end_or_a_stop_within_a_text_are_remarked_and_leave_the_phase(text: str) -> None:
    reading = READ(text)
    assert (phase_in(reading), reading.value) == (None, text)
    assert Field.PHASE in [field for field, _, _ in reading.also]
    assert reading.doubt is not None
    assert reading.doubt.severity is Severity.REMARK


@pytest.mark.parametrize(
    "text",
    [
        "공사가 완료됨(3. 25.)",
        "工事が完了した",
        "项目已经全部完工",
        "The work is finished",
        "사업이 완료되었음",
        "点検が完了した",
        "设计已完成",
    ],
)
def test_work_that_is_done_can_complete_an_item_that_is_at_100_percent(text: str) -> None:
    """It may be the work of the item, or only its first part."""
    assert can_be_completed(text)


@pytest.mark.parametrize("text", ["사업이 취소되었음", "まだ着手していない", "The work was stopped"])
def test_work_that_was_stopped_completes_nothing(text: str) -> None:
    assert not can_be_completed(text)


def test_an_item_on_which_only_plans_are_told_has_not_begun() -> None:
    register = proposed("任务名称|进展情况\n修路|拟于下月启动\n架桥|已动工")
    assert values(register, Field.PHASE, Field.DONE) == [(None, "拟于下月启动"), (None, "已动工")]


def test_a_sign_alone_is_asked_and_its_answer_is_the_phase() -> None:
    table = "编号|任务|完成情况\n1|修路|×\n2|架桥|已动工"
    (asked,) = proposed(table).problems
    assert (asked.severity, asked.key) == (Severity.QUESTION, "plan.csv!C2 done")
    assert Phase.CANCELLED.value in asked.choices

    answered = proposed(table, answers={asked.key: "not started"})
    assert problems(answered) == []
    assert values(answered, Field.PHASE, Field.DONE) == [("not_started", None), (None, "已动工")]


def test_a_column_of_percents_and_words_tells_phases_too() -> None:
    read = PercentReader(1, words=READ)
    assert phase_in(read("未启动")) == Phase.NOT_STARTED
    assert (read("已完成").value, phase_in(read("已完成"))) == (100, Phase.COMPLETED)


def test_the_phases_of_their_own_column_count() -> None:
    register = proposed("Code|Task|Phase|Progress\n1|Mend|In progress|Completed\n2|Paint||Not started")
    assert values(register, Field.PHASE) == [("in_progress",), ("not_started",)]


SENTENCES = "任务名称|进展情况\n修建东码头|已完成总投资的62%\n栽种千棵树|about 40 % built\n建图书馆|正在施工"


def questions(register: ProposedRegister) -> list[Problem]:
    return [problem for problem in register.problems if problem.severity is Severity.QUESTION]


def test_the_percentages_in_a_column_of_sentences_are_asked_about_once() -> None:
    (question,) = questions(proposed(SENTENCES))
    assert (question.key, question.choices) == ("plan.csv!B1 percent", ("progress", "only text"))

    taken = proposed(SENTENCES, answers={question.key: "progress"})
    assert (values(taken, Field.PERCENT), questions(taken)) == ([(62,), (40,), (None,)], [])
    assert values(taken, Field.DONE)[0] == ("已完成总投资的62%",)
    assert values(proposed(SENTENCES, answers={question.key: "only text"}), Field.PERCENT) == [(None,)] * 3


@pytest.mark.parametrize(
    "sheet",
    [
        # Another column has the percentages.
        "任务名称|进展情况|完成率\n修建东码头|已完成总投资的62%|50%\n栽种千棵树|已完成80%|70%",
        # Words say that they are something else.
        "任务名称|进展情况\n修建东码头|剩余62%\n建图书馆|正在施工",
        # One of many sentences has one.
        "任务名称|进展情况\n修建东码头|投资62%" + "".join(f"\n建第{number}个图书馆|正在施工" for number in range(5)),
    ],
)
def test_percentages_that_are_hardly_the_progress_are_not_asked_about(sheet: str) -> None:
    assert questions(proposed(sheet)) == []


STATUS = """Task|Owner|Status
Mend the pier|Works|Delayed: contractor bankrupt
Paint the crane|Works|In progress - 35%
Hire a pilot|Works|Delayed due to recruitment freeze
Clear the ice|Works|Complete
Sell the ferry|Works|Cancelled by the board"""


def test_a_column_of_status_with_sentences_keeps_them_and_tells_phases() -> None:
    register = proposed(STATUS)
    found = values(register, Field.PHASE, Field.DONE)
    assert [done for _, done in found] == [line.rsplit("|", 1)[1] for line in STATUS.splitlines()[1:]]
    assert [phase for phase, _ in found][2:] == [None, "completed", "cancelled"]
    chinese = proposed("任务名称|状态\n修路|已完成设计，正在招标施工\n架桥|拟于下月启动招标工作")
    assert [done for (done,) in values(chinese, Field.DONE)] == ["已完成设计，正在招标施工", "拟于下月启动招标工作"]
    # Words alone are phases, as before, also if a few cells are sentences.
    words = proposed("Task|Status\nMend|Done\nPaint|Ongoing\nHire|Delayed due to frost")
    assert values(words, Field.PHASE)[:2] == [("completed",), ("in_progress",)]
