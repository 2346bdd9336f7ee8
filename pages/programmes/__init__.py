"""The parts of the page of programmes."""
