#!/bin/sh
# Installs Chromium and Firefox for the browser tests where one is missing and can be installed; otherwise says
# what is missing. Never fails: the tests themselves are skipped by name without a browser, or fail where CI=true.
set -u

# need NAME PACKAGE COMMAND...: one of the commands is there, or the package is installed.
need() {
  name=$1 package=$2
  shift 2
  for command in "$@"; do
    if command -v "$command" >/dev/null 2>&1; then
      return
    fi
  done
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing $name for the browser tests …"
    if apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -qq --no-install-recommends "$package" >/dev/null; then
      return
    fi
  fi
  echo "$name is missing; the tests in it will be skipped. Install the package '$package', or run make test as root." >&2
}

need Chromium chromium chromium chromium-browser google-chrome google-chrome-stable
need Firefox firefox-esr firefox-esr firefox
exit 0
