"""Files that hold several speeches, repairs taken back or accepted, and two characters that became one."""

from __future__ import annotations

import pytest

from junheng.documents.cleaning import clean

SPEECH = "今年全市义务教育优质均衡发展取得新成效，中小学办学条件明显改善，教师队伍建设不断加强，学生资助政策全面落实。" * 4
OTHER = "这次拓展训练让我感触很深，我们小组在游戏中互相信任、互相鼓励，完成了看似不可能的项目，让我重新认识了自己和伙伴。" * 4


@pytest.mark.parametrize("titles", [
    ("教育局长讲话稿篇一", "教育局长讲话稿篇二"), ("篇一：工作总结", "篇二：工作要点"), ("【篇1】", "【篇2】"), ("范文一",
                                                                                                                 "范文二")])
def test_glued_speeches_are_split_at_their_titles(titles: tuple[str, str]) -> None:
    text = clean(f"教育讲话(精选2篇)\n{titles[0]}\n{SPEECH}\n{titles[1]}\n{SPEECH}")
    assert [part.title for part in text.parts] == list(titles)
    assert [text.clean[part.start:part.end].split("\n")[0] for part in text.parts] == list(titles)
    assert (text.parts[0].start, text.parts[-1].end) == (0, len(text.clean))


def test_a_title_that_comes_again_with_a_salutation_begins_a_speech() -> None:
    one = "全县教育工作会议讲话\n同志们：\n" + SPEECH
    assert len(clean(f"{one}\n{one}").parts) == 2


def test_a_title_on_each_page_is_a_page_header_and_goes() -> None:
    text = clean("\n".join(["全县教育工作总结", SPEECH] * 4))
    assert len(text.parts) == 1 and text.clean.count("全县教育工作总结") == 1


def test_chapters_of_a_plan_are_no_speeches() -> None:
    assert len(clean(f"第一篇 总则\n{SPEECH}\n第二篇 布局\n{SPEECH}").parts) == 1


def test_a_part_off_the_topic_is_flagged_with_its_reason_and_kept() -> None:
    text = clean(f"讲话稿篇一\n{SPEECH}\n讲话稿篇二\n{OTHER}")
    assert [part.on_topic for part in text.parts] == [True, False]
    assert text.parts[1].why and not text.parts[0].why and OTHER in text.clean


@pytest.mark.parametrize("first", ("附件", "附件1", "附件 2："))
def test_the_title_of_an_annex_is_its_second_line(first: str) -> None:
    assert clean(f"{first}\n云溪县教育工作要点\n一、目标\n").parts[0].title == "云溪县教育工作要点"


def test_a_repair_can_be_taken_back_by_its_number() -> None:
    raw = "会议开始。\n点击下载文档\n投入 5 万元。"
    text = clean(raw)
    assert [repair.number for repair in text.repairs] == [1, 2, 3]
    (dropped,) = (repair.number for repair in text.repairs if repair.kind == "dropped_line")
    back = clean(raw, without={dropped})
    assert (text.clean, back.clean) == ("会议开始。\n投入5万元。", "会议开始。\n点击下载文档\n投入5万元。")
    assert [repair.span for repair in back.repairs] == [repair.span for repair in text.repairs]
    assert [(repair.done, repair.decided) for repair in back.repairs] == [(False, True), (True, False), (True, False)]


def test_a_line_put_back_takes_back_the_join_over_it() -> None:
    raw = f"{SPEECH[:70]}\n点击下载文档\n{SPEECH[70:]}"
    assert clean(raw).clean == SPEECH
    back = clean(raw, without={2})
    assert back.clean == raw and [(repair.done, repair.decided) for repair in back.repairs] == [(False, False), (False, True)]


@pytest.mark.parametrize(("raw", "merged", "both"), [
    ("要面向市尝面向未来培养人才，优化营商环境。", "尝", "场、"), ("为全面发展打下坚实基矗各地要抓好落实。", "矗", "础。"),
    ("根据中央和盛市委的要求抓好落实。", "盛", "省、"),
    ("引导学生守装道德底线”，养成良好习惯。", "装", "住“")])
def test_two_characters_merged_by_a_lost_blank_are_proposed_with_evidence(raw: str, merged: str, both: str) -> None:
    text = clean(raw)
    (repair,) = text.repairs
    assert (repair.kind, repair.was, repair.now, repair.done, text.clean) == ("collision", merged, both, False, raw)
    assert "倍" in repair.why and clean(raw, also={1}).clean == raw.replace(merged, both)
    assert not clean(raw, collisions=False).repairs


@pytest.mark.parametrize("raw", [
    "学校安装监控设备，学生着装整洁。", "全县盛产苹果，教育盛会隆重召开。", "尝试新的教学方法，勇于尝试。",
    "矗立在校园中的雕像。", "劝返辍学学生，劝学助学。",
    "拾金不昧，收拾书包。", "通过督导保障教育公平，抓好校车安全。", "习近平总书记关于教育的重要论述。"])
def test_sound_sentences_with_the_same_characters_are_left_alone(raw: str) -> None:
    assert not clean(raw).repairs
