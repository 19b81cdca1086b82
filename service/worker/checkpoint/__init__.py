"""The checkpoint of a shard on disk, and the changelog it is brought up to date from."""
