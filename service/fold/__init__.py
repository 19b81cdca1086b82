"""FOLD: one extracted article in, the records of its placement out."""
