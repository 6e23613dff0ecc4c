"""A made-up work plan of a bureau, of this project's own writing: goals with figures, tasks with owners and days, a blank."""

from __future__ import annotations

import sys
from pathlib import Path

from junheng.paper.screen import say
from junheng.register.holding import open_snapshot

TEXT = """{city}教育局{year}年工作要点

为落实县域义务教育优质均衡发展要求，结合{county}实际，现就{year}年教育工作提出如下要点。

一、补齐办学条件短板
1. 消除56人及以上大班额，由规划科牵头、{county}教育局落实，{year}年8月底前完成。
2. 新增小学学位600个、初中学位300个，由规划科、财务科负责，{year}年9月1日前投入使用。
3. 生均体育运动场馆面积不足的学校由20所减少到8所，减少12所，由规划科会同{county}教育局于11月底前完成。
4. 投入设备购置资金480万元，其中小学300万元、初中180万元，由财务科负责，6月底前下达。

二、配齐配强教师
1. 招聘义务教育教师120名，其中音体美教师36名，占30%，由人事科负责，8月25日前到岗。
2. 骨干教师交流轮岗比例达到20%以上，由人事科负责，9月底前完成。
3. 教师全员培训不少于360学时（五年一周期），由办公室统筹。

三、保障每个孩子上学
1. 义务教育巩固率保持在95%以上。由招生科负责，全年推进。
2. 残疾儿童少年入学率达到95%以上，由招生科会同各乡镇中心学校负责。
3. 资助家庭经济困难学生    人，由资助中心负责，每学期审定一次。

四、落实安全责任
1. 校舍、消防、食堂安全隐患整改率达到100%，由安全科负责，3月底前完成第一轮排查。
2. 中小学专职保安配备率达到100%，由安全科负责，9月1日前到位。

五、督导与考核
1. 对照标准每季度测算一次，由督导科负责，结果报局长办公会。
2. {county}通过优质均衡督导评估省级核查的准备工作，由督导科牵头，{year}年12月底前完成自查。
"""


def work_plan(city: str, county: str, year: int) -> str:
    """The plan's text for the calendar year `year`."""
    return TEXT.format(city=city, county=county, year=year)


def main() -> None:
    """`python -m junheng.samples.work_plan CITY FILE`: the plan of a city's first county for the year after its last census."""
    city, file = (Path(each) for each in sys.argv[1:])
    snapshot = open_snapshot(city)
    names = dict(snapshot.table("places").sort("place_code").select("level", "name").unique("level", keep="first").iter_rows())
    file.write_text(work_plan(names["city"], names["county"], snapshot.year + 1), encoding="utf-8")
    say(f"已写出 {file}")


if __name__ == "__main__":
    main()
