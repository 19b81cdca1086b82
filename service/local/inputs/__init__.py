"""Input files to messages: one module for each kind of file."""
