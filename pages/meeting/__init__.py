"""The parts of the meetings page."""
