#!/usr/bin/env bash
# Makes .venv with exactly what a lock names: `deploy/install.sh run` or `deploy/install.sh test`.
# The second time it finds everything done and says nothing. Where the system lacks something it is installed when we
# are root on Debian or its like; otherwise a sentence says what to install. Tests do not go on without it.
set -euo pipefail
cd "$(dirname "$0")/.."

purpose=${1:?run or test}
lock=deploy/locks/$purpose.txt
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore DEBIAN_FRONTEND=noninteractive

stop() { printf '%s\n' "$*" >&2; exit 1; }
has_library() { "$python" -c "import ctypes, sys; ctypes.CDLL(sys.argv[1])" "$1" 2> /dev/null; }
may_install() { [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; }

# Runs a command quietly; shows what it said only where it failed.
quietly() {
    local said
    said=$(mktemp)
    if "$@" > "$said" 2>&1 < /dev/null; then rm -f "$said"; else cat "$said" >&2; rm -f "$said"; return 1; fi
}

apt_install() {
    printf 'Installing from Debian: %s\n' "$*" >&2
    quietly apt-get install -y -q --no-install-recommends "$@" && return
    quietly apt-get update -q && quietly apt-get install -y -q --no-install-recommends "$@"
}

find_python() {
    local name
    for name in "${PYTHON3:-python3}" python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; then
            command -v "$name"
            return
        fi
    done
    return 1
}

make_venv() {
    [ -x .venv/bin/pip ] && .venv/bin/python -c '' 2> /dev/null && return
    if ! "$python" -c 'import ensurepip, venv' 2> /dev/null; then
        local package
        package=python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv
        may_install || stop "Python lacks its part for virtual environments. As root: apt-get install $package"
        apt_install "$package" || stop "Could not install $package. Install it, then run this again."
    fi
    quietly "$python" -m venv --clear .venv || stop "Could not make the folder .venv here."
}

# What the lock and the project ask for; a stamp of it says that .venv holds that already.
wanted() { cat "deploy/locks/$1.txt" pyproject.toml | sha256sum | cut -d' ' -f1; }

pins() { grep -oE '^[^ ;#]+==[^ ;]+' "$1" | sort; }

install_packages() {
    local stamp=.venv/installed-$purpose
    [ "$(cat "$stamp" 2> /dev/null)" = "$(wanted "$purpose")" ] && return
    printf 'Installing Python packages (once; a minute or two) ...\n' >&2
    rm -f .venv/installed-*
    quietly .venv/bin/python -m pip install -q --require-hashes -r "$lock" \
        || stop "Could not install the Python packages. Is there a connection to a package index?"
    quietly .venv/bin/python -m pip install -q --no-deps --no-build-isolation -e . \
        || stop "Could not install Alongside itself."
    wanted "$purpose" > "$stamp"
    # What tests need holds what running needs: `make run` after `make test` finds it done.
    if [ "$purpose" = test ] && [ -z "$(comm -23 <(pins deploy/locks/run.txt) <(pins "$lock"))" ]; then
        wanted run > .venv/installed-run
    fi
}

# Debian's names of what is missing on this system, one a line.
missing_packages() {
    has_library libpango-1.0.so.0 || echo libpango-1.0-0
    has_library libpangoft2-1.0.so.0 || echo libpangoft2-1.0-0
    has_library libharfbuzz-subset.so.0 || echo libharfbuzz-subset0
    command -v fc-list > /dev/null || echo fontconfig
    [ -n "$(fc-list :lang=ar family 2> /dev/null)" ] || echo fonts-noto-core
    [ "$purpose" = test ] || return 0
    command -v chromium > /dev/null || echo chromium
    command -v pdftotext > /dev/null || echo poppler-utils
    ls /usr/lib/postgresql/*/bin/initdb > /dev/null 2>&1 || command -v initdb > /dev/null || echo postgresql
}

complete_system() {
    local missing
    missing=$(missing_packages | tr '\n' ' ')
    [ -n "$missing" ] || return 0
    # shellcheck disable=SC2086 # a list of words
    if may_install && apt_install $missing; then
        missing=$(missing_packages | tr '\n' ' ')
        [ -n "$missing" ] || return 0
    fi
    [ "$purpose" = run ] || stop "The tests need more from the system. As root: apt-get install $missing"
    printf 'PDF files (slips, posters) will not work yet; everything else does. As root: apt-get install %s\n' \
        "$missing" >&2
}

python=$(find_python) || stop "Alongside needs Python 3.11 or newer. On Debian 12 or newer: apt-get install python3 python3-venv"
make_venv
install_packages
complete_system
