"""The evidence desk: from a blank to a verdict, one record at a time."""
