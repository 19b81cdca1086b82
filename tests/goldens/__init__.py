"""Goldens: digests of what the service makes of fixed inputs, to show that a change of structure
changed no output. `python -m tests.goldens` prints them; `make goldens` writes `expected.json`.
"""
