"""Derives `data/sample/`, the embedded default: real ranks and totals, and illustrative everything else,
marked as such.

Run by a steward with `python -m tests.sample_maker.make_sample`. Nothing here runs on a user's machine.
"""
