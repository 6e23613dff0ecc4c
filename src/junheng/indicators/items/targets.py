"""政策目标: figures of other standards held against the targets of plans, which are no limits of an assessment."""

from __future__ import annotations

from junheng.indicators.items.quality import disabled_enrolment, special_education_funds
from junheng.indicators.registry import indicator
from junheng.kernel.codes import Level
from junheng.standards import law

STANDARD = "policy_targets"

indicator(item="tg.special_funds", standard=STANDARD, zh="特殊教育生均公用经费目标", unit="元/人", gap_unit="元", by="county",
          limit=law["special_funds_target"], judged=(Level.county,), how="同 yz.2.7")(special_education_funds)
indicator(item="tg.disabled", standard=STANDARD, zh="残疾儿童义务教育入学率目标", unit="%", gap_unit="人", by="county",
          limit=law["disabled_target"], judged=(Level.county,), how="同 yz.3.2")(disabled_enrolment)
