"""Liveness and progress of a worker, and its exit."""
