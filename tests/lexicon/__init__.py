"""Makes the lexicon of `service.text.lexicon`, from packages that the product does not need."""
