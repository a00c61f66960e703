"""Faults: what is killed, cut, filled or starved here, the service must survive without losing a thing.

Two kinds of tests stand here.

- ``test_*.py`` of this folder take seconds, and run with all the others in ``make test``.
- ``long/`` holds those that take minutes: clusters, power cuts, hundreds of kills. They run one after
  the other and only when asked for, with ``make faults``, which installs what they need and shows the
  numbers that they print. One of them: ``.venv/bin/python -m pytest -n 0 -s tests/faults/long/FILE``.

Each rule is checked by a function that is also run on a planted fault, in a test of its own that says
"control" in its name: a checker that never complains proves nothing.

Programs that are not Python's (PostgreSQL 15, etcd, HAProxy, PgBouncer) are Debian's own;
``install_programs.sh`` says what is missing. Patroni lives in ``.venv-faults``. Everything listens on the
loopback address alone.

Power cuts and full disks are real file systems on loop devices and in memory: they need root and the right to
mount (in a container ``--privileged``), ``mkfs.xfs`` (xfsprogs) and ``mkfs.ext4``. Where that is not to be
had, those tests are skipped and say so. ``load.py`` works on a service and remembers, ``counting.py`` counts.
"""
