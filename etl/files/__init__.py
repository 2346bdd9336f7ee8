"""Untrusted bytes → text cells, under limits."""
