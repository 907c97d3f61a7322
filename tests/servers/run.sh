#!/bin/sh
# The tests of this folder in .venv-servers, which sees the packages of the development environment behind its own.
# Usage: run.sh BIN (the development environment's bin), from the repository.
set -eu
bin=$1 own=.venv-servers
if [ ! -e "$own/.ready" ]; then
  "$bin/python" -m venv "$own"
  "$own/bin/python" -m pip install --quiet -r tests/servers/requirements.txt
  "$bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))' > "$("$own/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/development.pth"
  touch "$own/.ready"
fi
PYTHONPATH="$PWD/src" exec unshare --net --map-root-user sh -c \
  'ip link set lo up && exec "$0" -m pytest -p no:cacheprovider tests/servers -q' "$own/bin/python"
