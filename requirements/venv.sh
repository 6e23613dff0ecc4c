#!/usr/bin/env bash
# Make .venv with the first Python that is new enough; one that is there already is kept.
set -euo pipefail
cd "$(dirname "$0")/.."

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

for python in "${PYTHON:-python3}" python3 python3.14 python3.13 python3.12 python3.11; do
    new_enough "$python" || continue
    if command -v uv >/dev/null; then
        exec uv venv --quiet --no-python-downloads --allow-existing --python "$(command -v "$python")" .venv
    fi
    exec "$python" -m venv .venv
done
echo "Junheng needs Python 3.11 or later; found $(python3 --version 2>&1). Install one, or name it: make setup PYTHON=/path/to/python3.11" >&2
exit 2
