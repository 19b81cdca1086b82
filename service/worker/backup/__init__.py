"""FOLD's state in a file, and from there to the same or another cluster."""
