"""The desk: a read-only web page over the output topics, from a read model of its own."""
