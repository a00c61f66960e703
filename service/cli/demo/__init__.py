"""``demo``: a clinic with made-up patients, kept over restarts."""
