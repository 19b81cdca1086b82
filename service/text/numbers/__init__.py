"""Numbers in any written form to digits in one form."""
