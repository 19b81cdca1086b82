"""Verification: decides whether one text is a copy of another."""
