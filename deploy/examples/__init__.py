"""Runnable examples for crawler and downstream teams; they know only the topics."""
