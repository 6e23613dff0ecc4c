"""What the type checker is told of the tables is what they are."""

import ast

from junheng.register.tables import TABLES
from tests.structure.places import PACKAGE


def test_the_stub_names_every_declared_table_and_no_other() -> None:
    tree = ast.parse((PACKAGE / "register" / "tables" / "__init__.pyi").read_text(encoding="utf-8"))
    told = {node.target.id: ast.unparse(node.annotation) for node in tree.body
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)}
    assert {name for name, kind in told.items() if kind == "Table"} == set(TABLES)
