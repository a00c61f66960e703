"""Guidance files (TOML): ``reading`` gives the guidance in one, ``writing`` makes a draft and adds reviews.

Whether the statements say only what the document says is ``domain.guidance.check``'s to decide.
"""
