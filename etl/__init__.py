"""From a publisher's file to a complete warehouse."""
