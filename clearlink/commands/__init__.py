"""What the command line can do: the only room that may import everything."""
