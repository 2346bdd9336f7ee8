"""The parts of the fairness page."""
