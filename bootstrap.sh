# Sourced by ./demo and ./check: a virtual environment with exactly the locked packages, made once per lock.
# POSIX sh. Needs only python3 (>= 3.11); $1 is the lock's name (demo or test).

say() { printf '%s\n' "$*" >&2; }

find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return 0
        fi
    done
    say "Srok needs Python 3.11 or newer, and found none. On Debian or Ubuntu: apt-get install python3"
    return 1
}

make_venv() {
    if "$1" -c 'import ensurepip' 2>/dev/null; then
        "$1" -m venv .venv
        return
    fi
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        say "Installing python3-venv (Debian keeps pip in a package of its own) ..."
        mkdir -p var
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv; } \
            >var/apt.log 2>&1 || { cat var/apt.log >&2; return 1; }
        "$1" -m venv .venv
        return
    fi
    say "Python's pip is not installed. Run this once, then start again:  sudo apt-get install python3-venv"
    return 1
}

bootstrap() {
    lock="requirements/$1.lock"
    python=$(find_python) || return 1
    [ -x .venv/bin/python ] || make_venv "$python" || return 1
    stamp=.venv/srok-$1.stamp
    wanted=$(cat "$lock" pyproject.toml | cksum)
    if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
        say "Installing the locked packages ($lock) ..."
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock" || return 1
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . ||
            return 1
        printf '%s' "$wanted" >"$stamp"
    fi
    .venv/bin/python -m srok.project.catalogues >&2
}
