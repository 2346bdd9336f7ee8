"""The parts of the projects page and of one project's record."""
