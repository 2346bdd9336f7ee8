"""The parts of the voices page."""
