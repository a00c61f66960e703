#!/bin/sh
# Installs Chromium for the browser tests where it is missing and can be installed; otherwise says what is missing.
# Never fails: the tests themselves are skipped by name without a browser, or fail where CI=true.
set -u

for name in chromium chromium-browser google-chrome google-chrome-stable; do
  if command -v "$name" >/dev/null 2>&1; then
    exit 0
  fi
done

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Chromium for the browser tests …"
  if apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends chromium >/dev/null; then
    exit 0
  fi
fi

echo "Chromium is missing; the browser tests will be skipped. Install the package 'chromium', or run make test as root." >&2
exit 0
