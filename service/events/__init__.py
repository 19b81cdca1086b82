"""The contract: what comes in, what goes out, and the nouns that travel between the stages."""
