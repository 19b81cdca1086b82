"""Dead letters: their parts, their limit, and how they are replayed."""
