"""Moves FOLD's state to another number of shards, while no worker runs."""
