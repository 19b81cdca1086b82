"""Assignment: which story an article joins, and as what."""
