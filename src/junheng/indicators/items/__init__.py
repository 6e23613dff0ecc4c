"""The items of the standards, a module a subject: each formula stands beside its declaration; to import is to declare."""

from junheng.indicators.items import (
    basic_balance,
    class_size,
    conditions,
    counts,
    documents,
    enrolment,
    finance,
    guarantee,
    preschool,
    quality,
    resources,
    staffing,
    targets,
)

__all__ = ["basic_balance", "class_size", "conditions", "counts", "documents", "enrolment", "finance", "guarantee",
           "preschool", "quality", "resources", "staffing", "targets"]
