"""Where: administrative divisions, who belongs to which other tree, and how many people live there."""

from __future__ import annotations

from junheng.kernel import columns as col
from junheng.kernel.tables import table
from junheng.register import codes
from junheng.register.tables.catalogue import register


@table(zh="区划", key=("year", "place_code"), into=register)
class places:
    """Administrative divisions, each under its parent, as they stood on 1 September."""

    year = col.school_year()
    place_code = col.place_code("区划代码", note="省2位、市4位、县6位、乡镇9位、村12位")
    name = col.text("名称", aliases=("区划名称",))
    level = col.choice("级别", codes.PlaceLevel)
    parent_code = col.place_code("上级区划代码", optional=True, note="最上一级留空，其余必填")
    since = col.day("设立日期", optional=True)
    until = col.day("撤销日期", optional=True, note="仍在的留空")
    longitude = col.degrees("经度", limit=180, optional=True)
    latitude = col.degrees("纬度", limit=90, optional=True)
    coordinates = col.choice("坐标系", codes.CoordinateSystem, optional=True, note="填了经纬度必填")
    west = col.degrees("最西经度", limit=180, optional=True)
    east = col.degrees("最东经度", limit=180, optional=True)
    south = col.degrees("最南纬度", limit=90, optional=True)
    north = col.degrees("最北纬度", limit=90, optional=True)


@table(zh="组织归属", key=("year", "tree", "group_id", "school_id", "from_day"), into=register)
class memberships:
    """Which school belonged to which group of another tree, from when to when: districts, clusters, groups, inspector areas."""

    year = col.school_year()
    tree = col.choice("组织体系", codes.Tree)
    group_id = col.text("组织编号")
    group_name = col.text("组织名称")
    school_id = col.school_code()
    leads = col.flag("是否牵头校", optional=True)
    from_day = col.day("加入日期")
    to_day = col.day("退出日期", optional=True, note="仍在其中的留空")
    paper = col.text("依据文号", optional=True)


@table(zh="学龄人口", key=("year", "place_code", "birth_year", "basis", "sex"), into=register)
class population:
    """People of a division by year of birth, resident or registered there."""

    year = col.school_year()
    place_code = col.place_code("区划代码", note="县区、乡镇或村；同一口径只在一级填报，不重复")
    birth_year = col.year("出生年份")
    basis = col.choice("人口口径", codes.PopulationBasis)
    sex = col.choice("性别", codes.Sex)
    people = col.integer("人数", unit="人", most=1_000_000)
