"""Killable child processes that READ runs in; knows no Kafka."""
