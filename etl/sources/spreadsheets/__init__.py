"""A council's own spreadsheet: its columns found, shown and confirmed."""
