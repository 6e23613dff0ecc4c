"""The papers of a document: its tasks as a 任务分解表 (`decomposition.py`), its text with what was found in it (`page.py`)."""
