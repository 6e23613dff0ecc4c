"""What is vendored is what its notes say it is."""

import hashlib
from importlib.resources import files

FOLDER = files("junheng.paper").joinpath("vendor")


def test_the_library_has_the_recorded_digest() -> None:
    digest, name = FOLDER.joinpath("SHA256SUMS").read_text().split()
    assert hashlib.sha256(FOLDER.joinpath(name).read_bytes()).hexdigest() == digest


def test_the_readme_names_the_version_that_the_file_states() -> None:
    library = FOLDER.joinpath("echarts.common.min.js").read_text(encoding="utf-8")
    assert 'version="6.1.0"' in library
    assert "Apache ECharts 6.1.0" in FOLDER.joinpath("README.md").read_text()


def test_its_licences_and_notice_come_with_it() -> None:
    assert "Apache License" in FOLDER.joinpath("LICENSE").read_text()
    assert "Apache ECharts" in FOLDER.joinpath("NOTICE").read_text()
    assert all("Redistribution" in FOLDER.joinpath(f"LICENSE-{part}").read_text() for part in ("d3", "zrender"))
