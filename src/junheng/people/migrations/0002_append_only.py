"""The database itself refuses to change or remove what is only ever added: audit entries and the steps of cases."""

from __future__ import annotations

from typing import Any

from django.db import migrations

TABLES = ("people_auditentry", "people_step")
VERBS = ("UPDATE", "DELETE")
FUNCTION = """CREATE OR REPLACE FUNCTION junheng_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'append-only'; END; $$ LANGUAGE plpgsql"""


def _guard(apps: Any, schema_editor: Any) -> None:
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    if not is_sqlite:
        schema_editor.execute(FUNCTION)
    for table in TABLES:
        for verb in VERBS:
            name = f"{table}_no_{verb.lower()}"
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, 'append-only'); END" if is_sqlite else
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION junheng_append_only()")


def _open(apps: Any, schema_editor: Any) -> None:
    on = "" if schema_editor.connection.vendor == "sqlite" else " ON {table}"
    for table in TABLES:
        for verb in VERBS:
            schema_editor.execute(f"DROP TRIGGER {table}_no_{verb.lower()}" + on.format(table=table))


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(_guard, _open)]
