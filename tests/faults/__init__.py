"""Faults on purpose, and an oracle that tells whether a promise was broken."""
