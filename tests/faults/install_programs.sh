#!/bin/sh
# Installs what fault tests run beside the service, where it is missing and can be installed; otherwise says what
# is missing. Never fails: the tests themselves are skipped by name, or fail where CI=true. All of it, or only the
# packages that are named: install_programs.sh haproxy pgbouncer
set -u
wanted=" $* "

# need PACKAGE FILE: the file is there, or the package is installed.
need() {
  package=$1 file=$2
  case $wanted in *" $package "* | "  ") ;; *) return ;; esac
  if [ -e "$file" ]; then
    return
  fi
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing $package for the fault tests …"
    if apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -qq --no-install-recommends "$package" >/dev/null; then
      return
    fi
  fi
  echo "$file is missing; the tests with it will be skipped. Install the package '$package', or run as root." >&2
}

need postgresql-15 /usr/lib/postgresql/15/bin/postgres
need etcd-server /usr/bin/etcd
need haproxy /usr/sbin/haproxy
need pgbouncer /usr/sbin/pgbouncer
need xfsprogs /usr/sbin/mkfs.xfs
exit 0
