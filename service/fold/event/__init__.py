"""Events made of extracted articles and decisions."""
