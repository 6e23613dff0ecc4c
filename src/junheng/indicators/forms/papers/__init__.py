"""One county's findings and register in, an official paper out, Word or Excel. Papers: FORMS 1, 2, 7, 8, 9."""

from junheng.indicators.forms.papers.context import FormContext, form_context, known_county
from junheng.indicators.forms.papers.writing import FORMS, Form, known_form, new_folder, new_paper, paper, write_all, write_form

__all__ = ["FORMS", "Form", "FormContext", "form_context", "known_county", "known_form", "new_folder", "new_paper", "paper",
           "write_all", "write_form"]
