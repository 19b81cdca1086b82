"""FOLD's core: signatures, candidates, verification, and the placing of articles in stories."""
