"""What is to be done becomes lines of a 任务分解表: action, object, body, deadline, measure."""

from __future__ import annotations

from datetime import date

import pytest

from junheng.documents.codes import ComparisonKind, FigureRole
from junheng.documents.figures import find_figures
from junheng.documents.figures.finding import is_under_norms
from junheng.documents.outline import outline
from junheng.documents.shapes import Figure, Part, Sentence, Task
from junheng.documents.tasks import find_tasks
from tests.unit.documents.plain_text import figure, text_of

DAY = date(2025, 2, 20)
HEAD = "一、下一步工作\n"


def tasks(words: str, *figures: Figure, day: date | None = DAY) -> list[Task]:
    text = text_of(words)
    return [task for task in find_tasks(text, outline(text), figures, day) if not task.vague]


def made(words: str) -> list[Task]:
    """The tasks of a text through the whole of the room, its figures among them."""
    text = text_of(words)
    found = outline(text)
    return [task for task in find_tasks(text, found, find_figures(text, found)[0], DAY) if not task.vague]


def one(sentence: str, *figures: Figure, day: date | None = DAY) -> Task:
    found = tasks(HEAD + sentence, *figures, day=day)
    assert len(found) == 1, [task.text for task in found]
    return found[0]


@pytest.mark.parametrize(("sentence", "action", "object_"), [
    ("制定控辍保学工作方案。", "制定", "控辍保学工作方案"),
    ("要认真研究制定教育布局规划。", "研究制定", "教育布局规划"),
    ("在全县中小学安装直饮水设备。", "安装", "直饮水设备"),
    ("将教师培训经费列入财政预算。", "列入", "教师培训经费"),
    ("对民办学校重新进行检查评估。", "进行检查评估", "民办学校"),
    ("组织举办全县第三届中学生运动会。", "组织举办", "全县第三届中学生运动会"),
    ("所有问题必须整改到位。", "整改到位", "所有问题"),
    ("召开全县教育大会。", "召开", "全县教育大会"),
])
def test_a_task_has_its_action_and_object(sentence: str, action: str, object_: str) -> None:
    task = one(sentence)
    assert (task.action, task.object) == (action, object_)


@pytest.mark.parametrize(("sentence", "body"), [
    ("各县区教育局要制定实施方案。", "各县区教育局"),
    ("市直各学校要制定实施方案。", "市直各学校"),
    ("县教育局、县财政局要制定实施方案。", "县教育局、县财政局"),
    ("由人事科牵头制定实施方案。", "人事科"),
    ("公安、城管、文化等部门要制定整治方案。", "公安、城管、文化等部门"),
    ("希望各乡镇制定实施方案。", "各乡镇"),
    ("县财政局4月底前拨付公用经费。", "县财政局"),
    ("建议区政府将学前教育经费列入预算。", "区政府"),
    ("制定实施方案。（责任单位：基教科）", "基教科"),
    ("制定实施方案（牵头单位：基教科；责任单位：各学校）。", "基教科"),
    ("制定实施方案（基教科牵头，人事科配合）。", "基教科"),
    ("各县（市、区）长要与学校签订责任书。", "各县（市、区）长"),
    ("各乡镇长要签订责任书。", "各乡镇长"),
    ("两级财政要拨付经费300万元。", "两级财政"),
    ("教育行政部门要制定实施方案。", "教育行政部门"),
    ("县一中、县三小要制定实施方案。", "县一中、县三小"),
    ("人事股发布招聘公告。", "人事股"),
    ("由安全股逐一建立隐患台账。", "安全股"),
    ("3月20日前完成受助学生认定（资助中心）。", "资助中心"),
    ("教务处10月份组织教师基本功大赛。", "教务处"),
    ("县财政局统筹安排尾款2380万元。", "县财政局"),
])
def test_the_body_that_the_text_names_comes_first(sentence: str, body: str) -> None:
    task = one(sentence)
    assert (task.body, task.body_source.name) == (body, "explicit")


@pytest.mark.parametrize(("sentence", "joint"), [
    ("会同县财政局、县人社局制定补助办法。", ("县财政局", "县人社局")),
    ("联合有关部门开展校园周边专项整治。", ("有关部门",)),
    ("制定补助办法（牵头单位：人事科，配合单位：县财政局、县人社局）。", ("县财政局", "县人社局")),
    ("由人事科牵头，会同县委编办，制定轮岗办法。", ("县委编办",)),
])
def test_those_who_join_are_named_apart(sentence: str, joint: tuple[str, ...]) -> None:
    assert one(sentence).joint == joint


@pytest.mark.parametrize(("sentence", "body"), [
    ("制定幼儿园扩容方案。", "学前教育科"), ("公开招聘教师。", "人事科"), ("编制校舍危房改造清单。", "基建科"),
    ("印发校车安全管理办法。", "学校安全管理科"), ("举办青少年足球比赛。", "体育卫生与艺术教育科")])
def test_a_body_that_is_not_named_is_only_suggested(sentence: str, body: str) -> None:
    task = one(sentence)
    assert (task.body, task.body_source.name) == (body, "suggested")


def test_a_suggestion_may_come_from_the_nearest_heading() -> None:
    found = tasks("一、下一步工作\n（一）落实学生资助政策\n印发操作手册。\n（二）其他\n印发通知。\n")
    assert [(task.body, task.body_source.name) for task in found] == [("学生资助管理中心", "suggested"), ("", "none")]


def test_a_body_is_not_inherited_from_another_sentence() -> None:
    found = tasks(HEAD + "各学校要制定工作计划。印发通知。")
    assert [(task.body, task.body_source.name) for task in found] == [("各学校", "explicit"), ("", "none")]


@pytest.mark.parametrize(("sentence", "found"), [
    ("二小3月底复工，8月20日前交付使用。", [("复工", "二小", date(2025, 3, 31)), ("交付使用", "二小", date(2025, 8, 20))]),
    ("新建小学3所，新增学位1620个。", [("新建", "小学3所", None)]),
    ("春季学期资助资金4月30日前发放到位。", [("发放到位", "春季学期资助资金", date(2025, 4, 30))]),
    ("2025年开工建设滨江小学。", [("开工", "建设滨江小学", date(2025, 12, 31))]),
    ("2026年秋季投入使用新校区。", [("投入使用", "新校区", date(2026, 8, 31))]),
    ("20个工作日内完成整改。", [("完成", "整改", None)]),
    ("3月组织基本功大赛、4月举办读书节、5月召开运动会。",
     [("组织", "基本功大赛", date(2025, 3, 31)), ("举办", "读书节", date(2025, 4, 30)), ("召开", "运动会", date(2025, 5, 31))]),
    ("4月、10月各开展一次督导检查。",
     [("开展", "一次督导检查", date(2025, 4, 30)), ("开展", "一次督导检查", date(2025, 10, 31))]),
    ("3月完成招生方案，4月上旬公布。", [("完成", "招生方案", date(2025, 3, 31)), ("公布", "招生方案", date(2025, 4, 10))]),
    ("每年9月组织教师体检。", [("组织", "教师体检", date(2025, 9, 30))]),
    ("限期整改的45处隐患要逐一复查。", [("复查", "整改的45处隐患", None)]),
    ("教学点一律配齐音体美教师。", [("配齐", "音体美教师", None)]),
    ("将补助标准提高到500元。", [("提高到", "补助标准", None)]),
])
def test_a_work_and_its_end_are_told_by_their_own_days(sentence: str, found: list[tuple[str, str, date | None]]) -> None:
    words = HEAD + sentence
    assert [(task.action, task.object, task.due) for task in made(words)] == found


@pytest.mark.parametrize("sentence", [
    "（榆教发〔2025〕7号，2025年2月25日印发）", "现将有关情况通报如下。", "薄弱环节补助资金1870万元。",
    "联系人：督导室值班人员，电话：0856-5223417。"])
def test_what_only_heads_or_ends_a_paper_is_no_task(sentence: str) -> None:
    assert made(HEAD + sentence) == []


def test_what_a_standard_lays_down_is_no_task() -> None:
    assert made("某县2025年学校布局规划\n三、配建标准\n新建小学规模宜为24至36班，每班45人。\n") == []


def test_what_has_a_day_is_work_under_norms_too_and_under_what_stands_below_them() -> None:
    found = made("某县2025年学校布局规划\n三、配建标准\n（一）小学\n新建小学规模宜为24至36班。"
                 "2025年8月底前制定配建办法。组织学习标准。由规划科负责。\n")
    assert [(task.text, task.due) for task in found] == [("2025年8月底前制定配建办法", date(2025, 8, 31))]


def test_a_note_behind_gives_work_under_norms_its_day() -> None:
    found = made("某县2025年学校布局规划\n三、配建标准\n制定配建办法。完成时限：8月底前。\n")
    assert [(task.text, task.due) for task in found] == [("制定配建办法", date(2025, 8, 31))]


@pytest.mark.parametrize(("path", "norms"), [
    (("配建标准",), True), (("规划用地条件",), True), (("设置条件",), True), (("经费定额",), True), (("主要指标体系",), True),
    (("配建标准", "小学"), True), (("办学条件",), False), (("基本条件",), False), (("学校建设条件",), False),
    (("主要指标",), False), (("标准化建设",), False), ((), False)])
def test_norms_are_laid_down_under_some_headings(path: tuple[str, ...], norms: bool) -> None:
    assert is_under_norms(Sentence(0, 1, None, path, 0)) is norms


def test_so_many_working_days_are_a_deadline_without_a_day() -> None:
    task, = made(HEAD + "各校20个工作日内报送整改报告。")
    assert (task.deadline, task.due, task.object) == ("20个工作日内", None, "整改报告")


@pytest.mark.parametrize("sentence", ["我们要制定实施方案。", "大家要制定实施方案。", "学前教育要制定规范。"])
def test_a_subject_that_is_no_body_is_not_taken_for_one(sentence: str) -> None:
    assert one(sentence).body_source.name != "explicit"


@pytest.mark.parametrize(("sentence", "deadline", "due"), [
    ("3月份完成自查。", "3月份", date(2025, 3, 31)),
    ("1月份完成自查。", "1月份", date(2026, 1, 31)),
    ("6月底前完成自查。", "6月底前", date(2025, 6, 30)),
    ("6月前完成自查。", "6月前", date(2025, 5, 31)),
    ("9月1日前完成自查。", "9月1日前", date(2025, 9, 1)),
    ("2026年3月中旬完成自查。", "2026年3月中旬", date(2026, 3, 20)),
    ("4至5月完成自查。", "4至5月", date(2025, 5, 31)),
    ("年底前完成自查。", "年底前", date(2025, 12, 31)),
    ("今年完成自查。", "今年", date(2025, 12, 31)),
    ("明年完成自查。", "明年", date(2026, 12, 31)),
    ("上半年完成自查。", "上半年", date(2025, 6, 30)),
    ("三季度完成自查。", "三季度", date(2025, 9, 30)),
    ("到2027年完成自查。", "到2027年", date(2027, 12, 31)),
    ("到20xx年完成自查。", "到20xx年", None),
    ("“十四五”期间完成自查。", "“十四五”期间", date(2025, 12, 31)),
    ("每年完成自查。", "每年", None),
    ("每学期完成自查。", "每学期", None),
    ("今天会后，要完成自查。", "今天会后", None),
    ("开学检查时交检查组带回。", "开学检查时", None),
    ("两周内完成自查。", "两周内", date(2025, 3, 6)),
    ("秋季开学前完成自查。", "秋季开学前", date(2025, 8, 31)),
])
def test_by_when_a_task_is_due(sentence: str, deadline: str, due: date | None) -> None:
    task = one(sentence)
    assert (task.deadline, task.due) == (deadline, due)


def test_without_the_document_s_day_a_month_has_no_date() -> None:
    task = one("3月份完成自查。", day=None)
    assert (task.deadline, task.due) == ("3月份", None)


def test_several_months_in_one_sentence_are_several_tasks_of_the_same_body() -> None:
    found = tasks(HEAD + "各学校要对照验收标准，"
                  "3月份所有问题必须整改到位，4月份要完成自查，5月份档案要成型，6月份迎验准备要就绪。")
    assert [(task.due and task.due.month, task.object, task.body) for task in found] == [
        (3, "所有问题", "各学校"), (4, "自查", "各学校"), (5, "档案", "各学校"), (6, "迎验准备", "各学校")]


def test_a_day_at_the_head_of_a_sentence_is_that_of_all_its_tasks() -> None:
    found = tasks(HEAD + "年内新建食堂两座，制定管理办法。")
    assert [(task.action, task.due) for task in found] == [("新建", date(2025, 12, 31)), ("制定", date(2025, 12, 31))]


@pytest.mark.parametrize("sentence", ["去年3月完成自查。", "截至6月底完成自查。"])
def test_a_day_of_the_past_is_no_deadline(sentence: str) -> None:
    assert [task.deadline for task in tasks(HEAD + sentence)] in ([], [""])


def test_the_figures_of_a_task_are_its_measure() -> None:
    words = HEAD + "新建幼儿园3所，印发通知。"
    found = tasks(words, figure(words, "3", "所", "新建幼儿园"))
    assert [task.measure for task in found] == ["新建幼儿园 3所", ""]


def test_a_bound_is_shown_in_the_measure_and_a_base_is_not() -> None:
    words = HEAD + "安排经费不少于100万元，比上年200万元多。"
    found = tasks(words, figure(words, "100", "万元", "经费", kind=ComparisonKind.at_least), figure(
        words, "200", "万元", "经费", role=FigureRole.base))
    assert [task.measure for task in found] == ["经费≥100万元"]


@pytest.mark.parametrize("sentence", [
    "进一步加强师德师风建设。", "加强领导，提高认识，狠抓落实。", "不断完善体制机制，努力提升质量。",
    "建立健全长效机制。", "建设一支高素质教师队伍。"])
def test_exhortations_are_vague_and_one_to_a_sentence(sentence: str) -> None:
    text = text_of(HEAD + sentence)
    assert [task.vague for task in find_tasks(text, outline(text), (), DAY)] == [True]


@pytest.mark.parametrize("words", [
    "一、工作回顾\n制定了工作方案，召开教育大会，新建学校三所。\n",
    "一、存在的问题\n制定方案不及时，完成任务较慢。\n", "校园里绿树成荫。"])
def test_what_was_done_and_what_is_wrong_are_no_tasks(words: str) -> None:
    text = text_of(words)
    assert find_tasks(text, outline(text), (), DAY) == ()


def test_a_heading_over_others_is_no_task() -> None:
    found = tasks("一、全力完成今年任务\n（一）完成校舍建设\n印发通知。\n")
    assert [task.text for task in found] == ["印发通知"]


def test_an_off_topic_part_beside_another_has_no_tasks() -> None:
    own, other = HEAD + "印发通知。\n", HEAD + "制定方案。"
    off = Part("招聘会", len(own), len(own + other), False, "不是教育工作")
    text = text_of(own + other, Part("教育", 0, len(own), True), off)
    assert [task.text for task in find_tasks(text, outline(text), (), DAY)] == ["印发通知"]


def test_a_file_of_nothing_but_an_off_topic_part_is_read_all_the_same() -> None:
    words = HEAD + "制定方案。"
    text = text_of(words, Part("学期总结", 0, len(words), False, "教育工作用语少"))
    assert [task.text for task in find_tasks(text, outline(text), (), DAY)] == ["制定方案"]


def test_each_speech_of_a_file_counts_its_months_from_its_own_year() -> None:
    first, second = "2020年3月5日\n一、下一步工作\n5月底前完成自查。\n", "2023年3月5日\n一、下一步工作\n5月底前完成自查。\n"
    words = first + second
    text = text_of(words, Part("甲", 0, len(first), True), Part("乙", len(first), len(words), True))
    assert [task.due for task in find_tasks(text, outline(text), (), DAY)] in (
        [date(2020, 5, 31), date(2023, 5, 31)], [None, None])


def test_a_task_quotes_its_own_place_and_path() -> None:
    words = "一、下一步工作\n（一）学前教育\n制定方案，确保实效。加强管理。\n"
    task = tasks(words)[0]
    assert words[task.start:task.end] == task.text == "制定方案，确保实效"
    assert task.path == ("下一步工作", "学前教育")


@pytest.mark.parametrize(("sentence", "body", "joint", "due"), [
    ("9月1日前，县二小建成投用，由基建办牵头，县财政局、县住建局配合。", "基建办", ("县财政局", "县住建局"),
     date(2025, 9, 1)),
    ("新建公办幼儿园2所。牵头科室：基建办；配合科室：计财科。", "基建办", ("计财科",), None),
    ("修订安全管理制度。责任单位：安全科。完成时限：12月31日。", "安全科", (), date(2025, 12, 31)),
])
def test_a_note_in_the_sentences_after_a_task_says_who_and_by_when(sentence: str, body: str, joint: tuple[str, ...],
                                                                   due: date | None) -> None:
    task = one(sentence)
    assert (task.body, task.body_source.name, task.joint, task.due) == (body, "explicit", joint, due)


@pytest.mark.parametrize(("sentence", "action", "object_"), [
    ("各学校于2月28日前将控辍保学台账报基础教育科。", "报", "控辍保学台账"),
    ("各学校要在3月10日前组建巡查队伍。", "组建", "巡查队伍"),
    ("生均公用经费，6月底前拨付到位。", "拨付到位", "生均公用经费"),
])
def test_a_dated_task_is_found_wherever_its_day_stands(sentence: str, action: str, object_: str) -> None:
    task = one(sentence)
    assert (task.action, task.object) == (action, object_)
    assert task.due is not None


def test_what_a_yearly_summary_intends_to_do_is_a_task() -> None:
    found = tasks("全县教育工作总结\n去年建成学校3所。\n明年打算：一是新建公办幼儿园2所；二是8月底前完成县二中搬迁。")
    assert [task.text for task in found] == ["新建公办幼儿园2所", "8月底前完成县二中搬迁"]


def test_the_row_of_a_table_names_its_own_body() -> None:
    task = one("1\t新建县第三幼儿园\t360个学位\t基础教育科\t2025年8月底\n")
    assert (task.body, task.body_source.name, task.due) == ("基础教育科", "explicit", date(2025, 8, 31))


def test_the_days_of_a_stage_are_those_of_what_stands_under_it() -> None:
    found = made("三、实施步骤\n（一）动员部署（3月10日前）。制定工作方案。\n"
                 "（二）自查自纠（3月11日至4月30日）。报送自查报告，4月20日前完成整改。\n")
    assert [(task.text, task.due) for task in found] == [
        ("制定工作方案", date(2025, 3, 10)), ("报送自查报告", date(2025, 4, 30)), ("4月20日前完成整改", date(2025, 4, 20))]


def test_months_under_the_heading_of_next_year_are_of_that_year() -> None:
    found = made("一、2025年工作总结\n建成学校3所。\n二、2026年工作思路\n7月底前完成学生分流。\n")
    assert [(task.text, task.due) for task in found] == [("7月底前完成学生分流", date(2026, 7, 31))]


def test_money_before_the_verb_is_no_verb() -> None:
    assert one("投资120万元更换多媒体设备40套。").action == "更换"


@pytest.mark.parametrize(("sentence", "body", "deadline"), [
    ("各校每月至少开展1次应急疏散演练。", "各校", "每月"), ("教育股每季度通报一次检查结果。", "教育股", "每季度"),
    ("各园每学期开学前对厨房进行一次全面排查。", "各园", "每学期开学前"),
])
def test_what_comes_again_and_again_is_a_task_of_the_one_who_is_named(sentence: str, body: str, deadline: str) -> None:
    task = one(sentence)
    assert (task.body, task.body_source.name, task.deadline, task.due) == (body, "explicit", deadline, None)


@pytest.mark.parametrize("note", [
    "由计财股牵头，学前办、项目办配合，11月底前完成。", "（责任单位：计财股；配合单位：学前办、项目办；完成时限：11月底前）",
    "\n牵头单位：计财股。配合单位：学前办、项目办。完成时限：11月底前。"])
def test_what_ends_a_paragraph_is_said_of_all_its_tasks(note: str) -> None:
    found = tasks(f"{HEAD}（一）学前教育。新建公办幼儿园4所。购置玩教具12套；招聘保育员60名。{note}\n（二）成立工作专班。\n")
    said = [(task.body, task.body_source.name, task.joint, task.due) for task in found[:-1]]
    assert said == [("计财股", "explicit", ("学前办", "项目办"), date(2025, 11, 30))] * 3
    assert (found[-1].text, found[-1].body_source.name) == ("成立工作专班", "none")


def test_a_task_keeps_its_own_body_and_its_own_day_beside_a_note() -> None:
    found = tasks(f"{HEAD}县人社局要在5月底前下达招聘计划。招聘教师60名。由人事股牵头，10月底前完成。\n")
    assert [(task.body, task.due) for task in found] == [
        ("县人社局", date(2025, 5, 31)), ("人事股", date(2025, 10, 31))]


def test_each_of_several_days_is_a_task() -> None:
    found = tasks(HEAD + "分别于5月、11月底前发放助学金。")
    assert [(task.deadline, task.due) for task in found] == [("5月", date(2025, 5, 31)), ("11月底前", date(2025, 11, 30))]


def test_when_the_holidays_begin_is_not_known() -> None:
    assert (one("暑假前完成学生体检。").due, one("暑假期间完成校舍维修。").due) == (None, date(2025, 8, 31))


@pytest.mark.parametrize(("sentence", "measures"), [
    ("建立健康档案，近视率较上年下降0.5个百分点。", "近视率比上年下降0.5个百分点"),
    ("撤并不足50人的小规模学校8所。", "小规模学校 8所"),
    ("组织教师全员培训，校长培训100人次。", "校长培训 100人次"),
])
def test_a_measure_says_by_how_much_and_leaves_out_which_things_are_meant(sentence: str, measures: str) -> None:
    assert [task.measure for task in made(HEAD + sentence)] == [measures]


def test_the_work_itself_suggests_the_body_before_what_is_counted_with_it() -> None:
    assert one("公开招聘教师180名，其中幼儿园60名、小学120名。").body == "人事科"


def test_who_leads_and_who_helps_begin_a_task_and_are_none() -> None:
    task = one("由区教育局牵头，区财政局配合，8月底前改造薄弱学校5所。")
    assert (task.body, task.joint, task.action) == ("区教育局", ("区财政局",), "改造")
