"""The table of wire agencies: one row each of `agencies.toml`, read once."""

from service.agencies.table import Agency, agencies

__all__ = ["Agency", "agencies"]
