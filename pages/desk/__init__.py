"""The steward's desk and the page of data and method."""
