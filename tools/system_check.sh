#!/bin/sh
# Find what Python packages cannot bring, and install it where that is permitted.
# «system_check.sh» looks for what a report needs; «system_check.sh tests» also for what the tests use.
set -eu
say() { printf '%s\n' "$*" >&2; }
python="${PYTHON:-python3}"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
    say "Python 3.11 or later is needed (set PYTHON to name it)."; exit 3; }

packages=""
library() { "$python" -c "import ctypes; ctypes.CDLL('$1')" 2>/dev/null || packages="$packages $2"; }
program() { command -v "$1" >/dev/null || packages="$packages $2"; }
library libpango-1.0.so.0 libpango-1.0-0
library libpangoft2-1.0.so.0 libpangoft2-1.0-0
library libharfbuzz-subset.so.0 libharfbuzz-subset0
"$python" -c 'import ensurepip, venv' 2>/dev/null || packages="$packages python3-venv"
what="PDF needs"
without="HTML and JSON work without them."
if [ "${1:-}" = tests ]; then
    program chromium chromium
    program pdftoppm poppler-utils
    program soffice "libreoffice-calc-nogui libreoffice-writer-nogui"
    program node nodejs
    program npm npm
    what="The tests use"
    without="Tests that need them are skipped."
fi
[ -z "$packages" ] && exit 0
command="apt-get install -y --no-install-recommends$packages"
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    apt-get update -q >&2 && DEBIAN_FRONTEND=noninteractive $command >&2
elif command -v apt-get >/dev/null && sudo -n true 2>/dev/null; then
    sudo apt-get update -q >&2 && sudo $command >&2
else
    say "$what system packages that are missing here. Install them with:"
    say "  sudo $command"
    say "$without"
fi
