"""Records of the output topics into the read model."""
