"""READ: one raw page in, one record out."""
