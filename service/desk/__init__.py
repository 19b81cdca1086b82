"""The desk: read-only web pages over the output topics, served from a read model of its own."""
