"""Files as input messages: one file of code for each kind of file."""
