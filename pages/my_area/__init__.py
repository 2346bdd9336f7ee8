"""The parts of the citizen's page."""
