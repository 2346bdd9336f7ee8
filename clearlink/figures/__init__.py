"""Rows into pictures. Each picture comes with its words and its table, and cannot be shown without them."""

from clearlink.figures.picture import Picture

__all__ = ["Picture"]
