"""Webhooks: events that match a query are posted to the addresses in the operator's table."""
