"""Candidate search: an inverted index from keys to the recent articles that have them."""
