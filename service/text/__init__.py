"""Text to tokens to signature, used by READ and FOLD."""
