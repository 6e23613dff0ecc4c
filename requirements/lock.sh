#!/usr/bin/env bash
# Resolve each requirement file anew from pyproject.toml: versions and hashes only, no address, no path.
set -euo pipefail
cd "$(dirname "$0")/.."

lock() {
    local file="requirements/$1.txt"
    shift
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
        --no-emit-index-url --no-emit-find-links "$@" --output-file "$file"
}

lock base pyproject.toml
lock test pyproject.toml --extra test --constraint requirements/base.txt
lock bench pyproject.toml --extra bench --constraint requirements/base.txt
lock spark pyproject.toml --extra spark --constraint requirements/base.txt
lock fuzz pyproject.toml --extra fuzz --constraint requirements/base.txt
lock build requirements/build.in --constraint requirements/test.txt
