"""What takes too long for every change: run by `tests/run nightly`, told in data/reliability.md."""
