"""The parts of the gaps page."""
