#!/bin/sh
# Find the system libraries that PDF needs, and install them where that is permitted.
set -eu
say() { printf '%s\n' "$*" >&2; }
packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
python="${PYTHON:-python3}"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
    say "Python 3.11 or later is needed (set PYTHON to name it)."; exit 3; }
missing=""
for library in libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0; do
    "$python" -c "import ctypes; ctypes.CDLL('$library')" 2>/dev/null || missing="yes"
done
"$python" -c 'import ensurepip, venv' 2>/dev/null || { missing="yes"; packages="$packages python3-venv"; }
[ -z "$missing" ] && exit 0
command="apt-get install -y --no-install-recommends $packages"
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    apt-get update -q >&2 && $command >&2
elif command -v apt-get >/dev/null && sudo -n true 2>/dev/null; then
    sudo apt-get update -q >&2 && sudo $command >&2
else
    say "PDF needs system libraries that are missing here. Install them with:"
    say "  sudo $command"
    say "HTML and JSON work without them."
fi
