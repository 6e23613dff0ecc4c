"""Takes the picture of the readmes from the page that `make demo` left: `python -m tests.browser.picture`."""

from __future__ import annotations

from tests.browser.chromium import opened
from tests.structure.places import ROOT

PICTURE = ROOT / "docs/pictures/measure.png"

if __name__ == "__main__":
    with opened(next((ROOT / "out").glob("junheng-*.html"))) as page:
        page.screenshot(PICTURE, 1440, 1000)
