"""Reading which phase a text about progress tells, such as "Not started", 未启动 or "On hold until the grant comes"."""

import re
from collections.abc import Sequence

from planner.base.language import tr
from planner.base.texts import as_typed
from planner.domain.vocabulary import Phase
from planner.intake.layout.cells.reading import Doubt, Reader, Reading, question
from planner.intake.layout.cells.texts import shown, text_of
from planner.intake.layout.cells.words import phase_of
from planner.intake.proposed import Field, Severity
from planner.intake.sheets import Value

_CLAUSES = re.compile(r"[，,،；;؛。！!\n(（）)—–]+|\.(?:\s|$)|\s-+\s")
# "Not started: no money yet" tells a phase, but "Completed: the survey" does not say that the item is.
_AFTER_COLON = re.compile(r"\s*[:：].+", re.DOTALL)
# Words that limit an end.
_LIMITED = re.compile(
    r"\b(?:except|apart from|but|partly|partially|not)\b|除|部分|尚|未|(?<!100)(?<!100 )%", re.IGNORECASE
)
# What may stand before a word for a phase without changing it.
_BEFORE = re.compile(
    r"(?:(?:目前|现|当前|截至目前)?(?:该|本)?(?:项目|工程|工作|任务|事项)?(?=已|未|尚|待|正|暂|取|终|撤|不|停|中)|"
    r"(?:(?:the|this) )?(?:(?:project|task|action|work|item|scheme) )?"
    r"(?:is |are |was |has been |now |currently |has )*)"
)
# A day before a word for a phase says when, and not what: 10月20日已完成, 10월 20일 완료, am 20.10. abgeschlossen.
_ON_DAY = re.compile(
    r"(?:于|於|在|am |on )?(?:\d{4} ?[年년] ?)?(?:\d{1,2} ?[月월] ?\d{1,2} ?[日号號일]|\d{1,2}\. ?\d{1,2}\.(?:\d{4})?|"
    r"\d{4}[-./]\d{1,2}[-./]\d{1,2}\.?) ?(?:에)?[:：]? ?(?=[^\d前])",
    re.IGNORECASE,
)
# Words by which a piece of work has surely come to an end of some kind, but perhaps only a part of it.
_MAY_END = re.compile(
    r"[已经現现正式](?:全[线線])?(?:通车|通車|开通|開通|运营|營運|投入(?:使用|运营|運營)|投用|启用|啟用|交付|验收|驗收|建成|通水|通电|开放|"
    r"投产|投產)(?!(?:条件|前|后|後|准备))|\w 완료$|"
    r"준공(?:됨|하였|했|$)|개통(?:됨|하였|했|$)|供用開始|開通した|竣工した|"
    r"\b(?:opened to (?:traffic|the public)|handed over|in operation since|went live|in betrieb genommen|eröffnet)\b",
    re.IGNORECASE,
)
_MERGED = re.compile(r"[并併合]入|合[并併]|통합|병합|統合|\bmerged (?:with|into)\b|\bpart of\b", re.IGNORECASE)
# Words of getting ready to start, with nothing else: 착수 준비중, 筹备中. A preparation of something else is work.
_PREPARING = (
    r"(?:正在|正|在)?(?:积极|積極)?(?:[筹籌][备備](?:开工|開工|启动|啟動|建设|建設|阶段|階段)?|"
    r"(?:准备|準備)(?:开工|開工|启动|啟動|开始|開始|动工|動工|实施|實施))中?$|"
    r"(?:(?:着手|着工|開始) ?の?)?準備中$|(?:(?:착수|착공|시작|추진|시행|사업)(?:을|를)? ?)?준비 ?중(?:임|이다)?$|"
    r"(?:preparing|getting ready|about) to (?:start|begin|commence)\b|"
    r"(?:in preparation|in vorbereitung|en préparation|en preparación|قيد (?:التحضير|الإعداد))$"
)
# Words that only say that somebody thinks about it: 检讨中, under review. A study of something else is work.
_CONSIDERED = (
    r"(?:尚|仍|还|還)?(?:正在|正|在)?(?:检讨|檢討|検討|研究|论证|論證|酝酿|醞釀|商讨|商討|研讨|研討|审议|審議)(?:中|之中|当中)$|"
    r"(?:尚在|仍在|还在|還在|正在)(?:检讨|檢討|研究|论证|論證|酝酿|醞釀|商讨|商討)$|"
    r"(?:추진 ?|시행 ?)?(?:여부 ?)?(?:검토|논의|협의) ?중(?:임|이다)?$|"
    r"(?:still )?(?:being (?:considered|reviewed|discussed)|under (?:review|consideration|discussion))$|"
    r"in (?:prüfung|abstimmung|diskussion)$|à l'étude$|en (?:estudio|discussion)$|قيد (?:الدراسة|البحث|المراجعة)$"
)
# How words begin that speak of what is not done: of a plan, of waiting, of a stop, or of nothing at all.
_NOT_DONE = re.compile(
    r"(?:尚[未无無]|仍未|[还還]未|未|[暂暫][无無缓緩]|[无無]进展|無進展|没有进展|沒有進展|[拟擬]|[计計][划劃畫]|[预預][计計]|[将將]|待|"
    r"停滞|停滯|搁置|擱置|延期|推迟|推遲|[并併合]入|合[并併])|"
    r".*(?:예정|계획|대기|보류|중단)(?:임|이다|중|됨)?$|.*(?:착공|착수|추진|시행) ?전$|.*(?:予定|見込み|未定|保留)$|"
    rf"{_PREPARING}|{_CONSIDERED}|"
    r"(?:to be|will|yet to|not|nothing|awaiting|waiting|planned|scheduled|expected|postponed|deferred|stopped|pending|"
    r"delayed until|delayed to|merged (?:with|into)|"
    r"no (?:progress|work|action|activity|change|start|update|movement|news)|"
    r"noch (?:nicht|kein\w*)|kein\w* (?:fortschritt\w*|beginn)|geplant|soll|wird|verschoben|gestoppt|wartet|warten auf|"
    r"pas encore|aucune? (?:avancement|progrès|avancée)|à (?:démarrer|venir|lancer|faire)|prévue?s?|en attente|"
    r"reportée?|arrêtée?|démarrage prévu|commencera|débutera|"
    r"(?:aún|todavía) no|sin (?:avances?|iniciar|empezar)|por (?:iniciar|empezar)|previst[oa]|pendiente|aplazad[oa]|"
    r"detenid[oa]|comenzará|empezará|iniciará|"
    r"لم|لا يوجد|مخطط|سيبدأ|سيتم|بانتظار|في انتظار|متوقف|مؤجل)\b",
    re.DOTALL,
)
_WORK = r"(?:the |this |all |both )?(?:projects?|works?|schemes?|tasks?|actions?|construction|it)"
# Words at the end of a clause by which some work is done: perhaps all of it, perhaps only its first part.
_WORK_IS_DONE = re.compile(
    r"(?:项目|項目|工程|工作|任务|任務|事项|事項|建设|建設|施工).{0,4}(?:完成|完工|竣工|办结|結束|结束)了?$|"
    r"(?:事業|工事|業務|作業|全て|すべて)[はがを]?(?:完了|終了|竣工|完成)(?:し.{0,5}|済み?)?$|"
    r"(?:^|사업|공사|과제|모두|전부)[이가은는을를도]? ?(?:완료|완공|준공|종료)(?:됨|함|되었.*|됐.*|하였.*|했.*)$|"
    rf"\b{_WORK} (?:is|are|was|were|has been|have been) (?:now |all |fully )*(?:completed?|finished|done|over|ended)$"
)
# Words at the end of a clause by which something is done, whatever it is: 点検が完了した, 设计已完成.
_SOMETHING_IS_DONE = re.compile(
    r"已(?:经|經)?(?:全部|全面)?(?:完成|完工|竣工|办结|辦結)$|(?:完了|終了|竣工|完成)(?:した|しました|済み?)$|"
    r"(?:완료|완공|준공|종료)(?:됨|함|되었음|하였음|했음|되었다|하였다|했다)$"
)
# Words in the middle of a text by which work may have been cancelled, stopped or never begun: 因资金不足取消. In
# Chinese, Japanese and Korean they end the clause: 取消审批12项 is work.
_NO_LONGER_GOES_ON = re.compile(
    r"(?:取消|终止|終止|撤销|撤銷|暂停|暫停|停工|中止|停止)(?:了|中|状态)?$|"
    r"[还還尚仍][没沒未](?:有)?(?:开工|開工|启动|啟動|开始|開始|动工|動工|实施|實施)|"
    r"(?:中止|休止|中断|停止|凍結|廃止|取りやめ|取り止め|見送り|見合わせ)"
    r"(?:中|決定|[とにをが]?(?:し|な|され|する|決).{0,6})?$|"
    r"まだ.*(?:ない|ません|ず)$|(?:着手|着工|開始)(?:が)?(?:して|でき|され).{0,3}(?:ない|ません|おらず)|"
    r"(?:취소|중단|보류|폐지|철회|중지)(?:됨|함|되었.*|됐.*|하였.*|했.*|된 상태.*|하기로.*| ?처리.*| ?결정.*)?$|"
    r"(?:착수|착공|시작|추진|시행|개시)(?:를|을)?(?:하지|되지)? ?(?:못|않|안 ?[하되됨함]).*$|"
    r"إلغاء|ملغى|ملغي|ملغاة|ألغيت?(?=\s|$)|متوقفة?|توقفت?|إيقاف|معلقة?(?=\s|$)|"
    r"لم (?:يبدأ|تبدأ|يتم البدء)|(?:اكتمل|انته[ىت])\w* (?:العمل|الأعمال|المشروع)|"
    r"\b(?:cancell?ed|abandoned|scrapped|terminated|suspended|halted|discontinued|called off|on hold|"
    rf"{_WORK} (?:has |have |was |were |is |are )?(?:been )?(?:dropped|withdrawn|stopped|paused)|"
    r"(?:not|never|\w+n['’]t) (?:be |been )?(?:yet )?(?:start(?:ed)?|beg[iu]n|commenced?)|"
    r"abgebrochen|gestoppt|wurden? eingestellt|auf eis|annulée?s?|abandonnée?s?|suspendue?s?|interrompue?s?|"
    r"arrêtée?s?|cancelad[oa]s?|anulad[oa]s?|suspendid[oa]s?|suspens[oa]s?|paralizad[oa]s?|paralisad[oa]s?|"
    r"interrumpid[oa]s?|interrompid[oa]s?|"
    r"(?:não|no|non|nicht) (?:foi |ha sido |a été )?(?:iniciad[oa]|begonnen|commencée?))\b"
)
# What may follow a word for a phase without changing it: by whom, when or why, but not what. "Completed in 2 of 5
# wards" is no end.
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_AFTER = re.compile(
    rf" (?:بسبب|بقرار|بأمر|لعدم|منذ|بعد قرار|من قبل)\b.*| (?:for (?:lack|want) of|as of|wegen|mangels|aufgrund)\b.*|"
    rf" (?:by|due|because|until|till|pending|since|following|owing|awaiting|yet|this|last|"
    rf"on (?:the )?(?:\d|{_MONTH})|in (?:early |late |mid-?)?(?:{_MONTH}|\d{{4}}|q\d))\b.*| \d{{1,2}}[ /.-].*",
    re.DOTALL,
)
_ENDS = frozenset((Phase.COMPLETED, Phase.CANCELLED))
# Signs that say nothing without the key of the sheet.
_SIGNS = frozenset("◎○●△▲▽×✗☒✓✔√☑◯")
_LONGEST = 2_000
# A longer text tells of more than the end.
_SHORT = 40
_CHOICES = (Phase.NOT_STARTED, Phase.IN_PROGRESS, Phase.SUSPENDED, Phase.COMPLETED, Phase.CANCELLED)


class PhaseFromText:
    """Reads the texts of a column about progress, and the phases that they tell.

    The words stay what was done. `others` reads them. With `has_phases`, another column has the phases.
    """

    def __init__(self, others: Reader, *, has_phases: bool) -> None:
        self._others = others
        self._has_phases = has_phases

    def __call__(self, value: Value, answered: bool = False) -> Reading:
        """Read a text."""
        text = as_typed(text_of(value) or "")
        if answered and text.replace(" ", "_") in _CHOICES:
            phase = Phase(text.replace(" ", "_"))
            return Reading(None, also=((Field.PHASE, phase.value, tr("given as an answer")),))
        reading = self._others(value, answered)
        if not isinstance(reading.value, str) or reading.doubt is not None or len(text) > _LONGEST:
            return reading
        if text in _SIGNS and not self._has_phases:
            return _asked(value)
        return self._with_phase(reading, text)

    def _with_phase(self, reading: Reading, text: str) -> Reading:
        first, *others = _clauses_without_days(text) or [""]
        phase = told_phase(first)
        value = shown(str(reading.value))
        if phase is Phase.CANCELLED and not self._has_phases and any(map(_MERGED.search, others)):
            what = tr(
                "'{value}' can say that the item was merged into another one; its phase stays as it is", value=value
            )
            return _left_open(reading, what)
        if phase is not None and not (phase in _ENDS and _LIMITED.search(text)):
            reason = tr("'{value}' says so", value=value)
            return Reading(reading.value, reading.inferred, None, (*reading.also, (Field.PHASE, phase.value, reason)))
        if phase is None and not self._has_phases and all(map(_is_not_done, (first, *others))):
            return _left_open(
                reading,
                tr(
                    "'{value}' does not say that work goes on; its phase stays as it is, unless its percentage says so",
                    value=value,
                ),
            )
        ended = {phase, *map(told_phase, others)}
        if self._has_phases:
            return reading
        if not _may_end(phase, first, text) and _ENDS.isdisjoint(ended):
            if phase is None and tells_of_end(text):
                # Only what its percentage says can decide, so there is nothing to tell.
                return _left_open(reading)
            return _left_open_if_stopped(reading, (first, *others))
        what = tr("'{value}' can say that the item has ended; its phase stays as it is", value=value)
        if can_be_completed(text):
            what = tr("'{value}' can say that the item has ended; it is completed if it is at 100%", value=value)
        return _left_open(reading, what)


def _left_open_if_stopped(reading: Reading, parts: Sequence[str]) -> Reading:
    """Return the reading of a text, with a remark if one of its parts may say that work no longer goes on."""
    folded = (" ".join(part.casefold().split()) for part in parts)
    if not any(_NO_LONGER_GOES_ON.search(part) or _WORK_IS_DONE.search(part) for part in folded):
        return reading
    what = tr(
        "'{value}' can say that the item was cancelled, stopped, ended or never begun; its phase stays as it is",
        value=shown(str(reading.value)),
    )
    return _left_open(reading, what)


def can_be_completed(text: str) -> bool:
    """Return whether words can say that a whole item is completed: another text, such as 100%, then decides."""
    return tells_of_end(text) and not _LIMITED.search(as_typed(text))


def tells_of_end(text: str) -> bool:
    """Return whether words say that an item, or some work on it, is done. Work has begun then in any case."""
    plain = as_typed(text)
    first, *others = _clauses_without_days(plain) or [""]
    phases = [told_phase(clause) for clause in (first, *others)]
    if Phase.CANCELLED in phases:
        return False
    if Phase.COMPLETED in phases or _may_end(phases[0], first, plain):
        return True
    return len(plain) <= _SHORT and _SOMETHING_IS_DONE.search(first) is not None


def _may_end(phase: Phase | None, first: str, text: str) -> bool:
    if phase is not None or len(text) > _SHORT:
        return False
    return _MAY_END.search(first) is not None or _is_work_done(first)


def _is_work_done(clause: str) -> bool:
    return _WORK_IS_DONE.search(" ".join(clause.casefold().split())) is not None


def _left_open(reading: Reading, what: str = "") -> Reading:
    """Return the reading of a text from which no phase follows. If `what` says what it leaves open, it is remarked."""
    do = tr("Give the phase in a column of its own, or report it in the program")
    doubt = Doubt(Severity.REMARK, what, do) if what else None
    reason = tr("left open, because the words do not tell it")
    return Reading(reading.value, reading.inferred, doubt, (*reading.also, (Field.PHASE, None, reason)))


def _is_not_done(clause: str) -> bool:
    """Return whether a part of a text speaks of what is planned, awaited or stopped, or of nothing done."""
    plain = " ".join(clause.casefold().split())
    return any(_NOT_DONE.match(text) for text in (plain, _BEFORE.sub("", plain, count=1)))


def told_phase(clause: str) -> Phase | None:
    """Return the phase that a part of a text tells, or None if it tells none.

    The part is a word for a phase, or such a word with who, when or why.
    """
    plain = " ".join(clause.casefold().split())
    for text in (plain, _BEFORE.sub("", plain, count=1)):
        phase = phase_of(text) or phase_of(_AFTER.sub("", text))
        if phase is not None:
            return phase
    begun = phase_of(_AFTER_COLON.sub("", plain))
    return begun if begun not in _ENDS else None


def clauses(text: str) -> list[str]:
    """Return the parts of a text between commas, full stops, brackets and line ends."""
    return [clause for clause in _CLAUSES.split(text) if clause.strip()]


def _clauses_without_days(text: str) -> list[str]:
    """Return the parts of a text, each without the day at its beginning."""
    return [_without_day(clause.strip()) for clause in clauses(_without_day(text))]


def _without_day(text: str) -> str:
    """Return a text without the day at its beginning."""
    day = _ON_DAY.match(text)
    return text[day.end() :] if day else text


def _asked(value: Value) -> Reading:
    return question(
        tr("'{value}' does not say in words what was done or how far the item is", value=shown(value)),
        tr("Choose the phase that it means, or give - for none"),
        tuple(phase.value for phase in _CHOICES),
    )
