"""A single Apache Kafka node for tests, started from its published jars."""
