"""The state of a shard: articles and stories in the window."""
