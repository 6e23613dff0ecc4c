"""What cannot be is refused in words, with the exit code of the contract, and leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from junheng.kernel.faults import Exit
from tests.unit.planning.commands.running import Officer, is_refused
from tests.unit.planning.short_county import NINE_YEAR, POOR

OPTIONS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "a budget under nothing": (("--budget", "-1"), ("--budget", "0 至")),
    "a budget that is no number": (("--budget", "很多"), ("--budget 很多", "不是数字")),
    "a budget of a slip of the finger": (("--budget", "1e400"), ("--budget", "1,000,000,000,000")),
    "no year": (("--years", "0"), ("--years 0", "1 至 5")),
    "too many years": (("--years", "6"), ("--years 6", "1 至 5")),
    "years that are no number": (("--years", "三"), ("--years 三", "整数")),
    "a margin under nothing": (("--margin", "-0.1"), ("--margin", "0 和 0.5 之间")),
    "a margin of everything": (("--margin", "3"), ("--margin", "0 和 0.5 之间")),
    "a margin that is no number": (("--margin", "宽"), ("--margin 宽", "不是数字")),
    "a discount of everything": (("--discount", "1"), ("--discount", "0 和 1 之间")),
    "a gap under nothing": (("--gap", "-1"), ("--gap -1", "0 至 1")),
    "a gap of more than all": (("--gap", "1"), ("--gap 1", "0 至 1")),
    "a seed that the solver would not take": (("--seed", "-1"), ("--seed -1", "整数")),
    "no second": (("--seconds", "0"), ("--seconds 0", "大于0")),
    "seconds that are no number": (("--seconds", "nan"), ("--seconds nan", "大于0")),
    "a county that is not there": (("--county", "110101"), ("110101", "没有这个县区", "990101 某县")),
    "a standard that is not planned for": (("--standard", "basic_balance_2012"), ("basic_balance_2012", "quality_balance_2017")),
    "what nobody may allow": (("--allow", "classes,all"), ("all", "classes、intake、merge")),
    "what nobody asks for": (("--also", "gym"), ("gym", "special_rooms")),
    "a measure that there is not": (("--forbid", "bulid"), ("bulid", "build（新建教学用房）")),
    "a file of demands that is not there": (("--fix", "none.toml"), ("none.toml", "没有这个文件")),
    "a list of prices that is not there": (("--prices", "none.toml"), ("none.toml", "没有这个价格文件")),
}  # fmt: skip


@pytest.mark.parametrize("name", OPTIONS)
def test_an_option(officer: Officer, name: str) -> None:
    options, words = OPTIONS[name]
    is_refused(officer.plans(*options), Exit.usage, *words)


def test_all_that_is_wrong_with_a_task_is_said_at_once(officer: Officer) -> None:
    told = officer.plans("--years", "9", "--margin", "1", "--budget", "-1")
    is_refused(told, Exit.usage, "--years", "--margin", "--budget")
    is_refused(officer.plans("--gap", "2", "--seed", "-2", "--seconds", "-2"), Exit.usage, "--gap", "--seed", "--seconds")
    is_refused(officer.plans("--forbid", "bulid", "--forbid", "bild"), Exit.usage, "bulid", "“bild”")


def test_all_that_is_wrong_with_the_words_of_a_command_is_said_at_once(officer: Officer) -> None:
    """An officer who mends one option after another starts the command a dozen times."""
    fix, prices = officer.file("指定.toml", "[else]\n"), officer.file("价格.toml", "[bild_price]\nvalue = 1\n")
    wrong = ("--xlsx a.docx --html b.pdf --gap 2 --budget 很多 --margin 3 --discount x --years 9 --allow all --also gym "
             f"--forbid bulid --fix {fix} --prices {prices}").split()  # fmt: skip
    told = officer.plans(*wrong, out=officer.city / "out.txt")
    said = ("--out", *wrong[:-4:2], "没有“else”这一节", "[bild_price]")
    is_refused(told, Exit.usage, *said)
    assert len([line for line in told.said.splitlines() if "->" in line]) == len(said)


FIX = f"""
must_pass = "yes"
[[fix]]
kind = "bulid"
amount = 1
[[fix]]
kind = "build"
least = -1
[[fix]]
kind = "build"
least = 3
most = 2
year = "soon"
[[fix]]
kind = "build"
amount = nan
shcool = "{POOR}"
[[forbid]]
kind = "hal"
[[price]]
name = "bild_price"
value = 1
[[price]]
name = "build_price"
times = -1
[[limit]]
name = "build_price"
[[merge]]
school = "{POOR}"
[else]
"""
SAID = (
    "没有“else”这一节", "must_pass：应为 true 或 false", "第1条 [[fix]]：没有措施“bulid”", "第2条 [[fix]]：least 应为 0 至",
    "第3条 [[fix]]：least 大于 most", "第3条 [[fix]]：year 应为整数年份", "第4条 [[fix]]：没有“shcool”这一项",
    "第4条 [[fix]]：amount 应为 0 至", "第1条 [[forbid]]：没有措施“hal”", "第1条 [[price]]：没有名为“bild_price”",
    "第2条 [[price]]：times 应为 0 至", "第1条 [[limit]]：应写 value", "第1条 [[merge]]：应写 school",
)  # fmt: skip


def test_a_file_of_demands_with_mistakes_tells_each_of_them_once(officer: Officer) -> None:
    told = officer.plans("--fix", officer.file("指定.toml", FIX))
    is_refused(told, Exit.usage, *SAID)
    lines = [line for line in told.said.splitlines() if line.startswith("指定.toml")]
    assert len(lines) == len(set(lines)) and all("->" in line for line in lines)


@pytest.mark.parametrize(
    ("demand", "words"),
    (
        ('school = "2199019999"', ("没有学校 2199019999",)),
        (f'school = "{POOR}"\nstage = "junior"', ("没有学段 junior",)),
        ('stage = "college"', ("没有学段 college",)),
        ("year = 2025", ("2026 至 2028",)),
        ('school = "1"\nstage = "x"\nyear = 1', ("没有学校 1", "没有学段 x", "2026 至 2028")),
    ),
)
def test_a_demand_at_a_place_that_is_not_there_is_not_passed_over(officer: Officer, demand: str, words: tuple[str, ...]) -> None:
    is_refused(
        officer.plans("--fix", officer.file("指定.toml", f'[[fix]]\nkind = "build"\namount = 1\n{demand}\n')), Exit.usage, *words
    )


PRICES = """
[bild_price]
since = [{day = 2026-01-01, value = 1, paper = "X", evidence = "read"}]
[build_price]
since = [{day = 2026-01-01, value = -5, paper = "X", evidence = "read"}]
[hall_price]
since = [{day = 2026-01-01, value = 1}]
[shed_price]
since = [{day = 2026-01-01, value = nan, paper = "X", evidence = "read"}]
[[channel]]
name = "bank"
[[channel]]
name = "county"
a_year = -3
"""


def test_a_list_of_prices_with_mistakes_tells_them_all(officer: Officer) -> None:
    told = officer.plans("--prices", officer.file("价格.toml", PRICES))
    names = ("[bild_price]：没有这个价格", "改为 build_price", "[build_price]：value 应为 0 至", "[hall_price]：缺少 paper",
             "[shed_price]：value 应为 0 至", "[[channel]]：应为 name = 渠道")  # fmt: skip
    is_refused(told, Exit.usage, *names)
    assert told.said.count("[[channel]]") == 2


def test_a_file_that_is_no_toml(officer: Officer) -> None:
    is_refused(officer.plans("--fix", officer.file("a.toml", "[[fix")), Exit.usage, "不是有效的 TOML")
    is_refused(officer.plans("--prices", officer.file("a.toml", "[[fix")), Exit.usage, "不是有效的 TOML")


PUPILS = f"""school,stage,year,pupils
2199019999,primary,2026,5
{POOR},college,2026,5
{POOR},junior,2026,5
{NINE_YEAR},junior,2025,5
{POOR},primary,2026,五
{POOR},primary,2026,-5
{POOR},primary,2026,200000
{POOR},primary,2027,50
{POOR},小学,2027,60
"""


def test_a_file_of_pupils_with_mistakes_tells_them_all(officer: Officer) -> None:
    told = officer.plans("--pupils", officer.file("人数.csv", PUPILS))
    words = ("第2行 school：没有学校 2199019999", "第3行 stage：没有学段 college", f"第4行 stage：学校 {POOR} 没有初中",
             "第5行 year：2025 年",
             "第6行", "第7行", "第8行", "第10行：与第9行是同一学校", "有 8 处错误")  # fmt: skip
    is_refused(told, Exit.faults, *words)
    assert "第9行 " not in told.said


@pytest.mark.parametrize("text", ("", "学校,人数\n1,2\n"))
def test_a_file_of_pupils_without_its_columns(officer: Officer, text: str) -> None:
    is_refused(officer.plans("--pupils", officer.file("人数.csv", text)), Exit.faults, "没有列", "school, stage, year, pupils")


def test_a_file_of_pupils_that_is_not_there_or_no_text(officer: Officer) -> None:
    is_refused(officer.plans("--pupils", "none.csv"), Exit.faults, "读不到文件", "--pupils")
    path = Path(officer.file("人数.csv", ""))
    path.write_bytes(b"\xff\xfe\x00\x81")
    is_refused(officer.plans("--pupils", str(path)), Exit.faults, "第 1 行既不是 UTF-8 也不是 GB18030 编码")


def test_a_file_of_pupils_in_two_encodings_says_where_the_second_begins(officer: Officer) -> None:
    """Read as one of them it would hold stages that nobody wrote."""
    path = Path(officer.file("人数.csv", ""))
    path.write_bytes("school,stage,year,pupils\n1,小学,2026,5\n".encode() + "1,初中,2026,5\n".encode("gb18030"))
    is_refused(officer.plans("--pupils", str(path)), Exit.faults, "第 3 行起编码改变")


def test_a_plan_that_could_not_be_written_is_not_computed_first(officer: Officer) -> None:
    stands_in_the_way = Path(officer.file("文件", "")) / "out.json"
    told = officer.plans(out=stands_in_the_way)
    is_refused(told, Exit.storage, "写不进去", "不是可写的文件夹")
    assert "求解" not in told.said
    (officer.city / "folder.json").mkdir()
    told = officer.plans(out=officer.city / "folder.json")
    assert (told.code, "是文件夹" in told.said, (officer.city / "plans").exists()) == (Exit.storage, True, False)
    is_refused(officer.plans(out=officer.city / "out.txt"), Exit.usage, ".json 结尾")


@pytest.mark.parametrize(("command", "option", "ending"), (("curve", "--html", "html"), ("whatif", "--out", "json")))
def test_an_analysis_that_could_not_be_written_is_not_computed_first(
    officer: Officer, command: str, option: str, ending: str
) -> None:
    """Before the plan is even read: there is none here."""
    fix = ("--fix", officer.file("要求.toml", "")) if command == "whatif" else ()
    for name, code, words in (
        (f"{officer.file('文件', '')}/out.{ending}", Exit.storage, "不是可写的文件夹"),
        (str(officer.city / "out.txt"), Exit.usage, f".{ending} 结尾"),
    ):
        told = officer.types("plan", command, "--city", str(officer.city), "--plan", "none.json", *fix, option, name)
        is_refused(told, code, words)
        assert "没有这个方案文件" not in told.said


LOCAL = """jurisdiction = "990101"
zh = "某县"
[{name}]
since = [{{day = 2017-04-19, value = {value}, paper = "某县文件", evidence = "read"}}]
"""


@pytest.mark.parametrize("name", ("class_size_limit", "classes_per_special_room"))
def test_a_threshold_of_zero_that_pupils_would_be_divided_by(officer: Officer, name: str) -> None:
    (officer.city / "standards").mkdir()
    officer.file("standards/local.toml", LOCAL.format(name=name, value=0))
    is_refused(officer.plans("--allow", "classes"), Exit.usage, f"local.toml [{name}]", "应大于0")
