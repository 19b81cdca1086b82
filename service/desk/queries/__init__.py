"""What the pages ask of the read model: each a function of a connection that reads only."""
