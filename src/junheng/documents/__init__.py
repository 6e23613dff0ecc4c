"""A speech, plan or report goes in; its outline, figures, checks, goals and tasks come out, each with its place in the text.

Nothing here decides: what a person has not ticked is a proposal. DESIGN 1 and 2; notes on real texts in the how-to pages.
"""
