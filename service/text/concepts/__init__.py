"""Text to ids that do not depend on its language, by which translations are found."""
