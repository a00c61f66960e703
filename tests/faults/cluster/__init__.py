"""Several machines on one: each has a loopback address of its own, and runs what ``deploy/`` configures."""
