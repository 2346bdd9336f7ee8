"""Registers of projects: the template and the exchange standards, read row by row or refused."""
