"""Attacks, each text_of as a story, and how it ends."""
