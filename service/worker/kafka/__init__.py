"""Kafka clients, producers, topics and their metadata."""
