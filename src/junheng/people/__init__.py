"""Who works here and what they may do: persons, organisation trees, roles, scope, the audit log, jobs, cases and their steps.

In: people, their appointments, what they do. Out: `Access` (what a person may do, and where), audit entries, jobs, cases.
"""
