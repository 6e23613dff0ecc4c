"""A plan in, its papers out: workbook, page, 整改台账 and 一校一策 in Word (FORMS 5). Reads the plan and names of schools."""

from junheng.planning.forms.book import write_ledger, write_page_of, write_school_papers, write_sheets
from junheng.planning.forms.facts import PlanFacts, facts_of, plan_facts

__all__ = ["PlanFacts", "facts_of", "plan_facts", "write_ledger", "write_page_of", "write_school_papers", "write_sheets"]
