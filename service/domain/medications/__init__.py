"""The medication list: its items and answers, how one version becomes the next, and what is said of it."""
