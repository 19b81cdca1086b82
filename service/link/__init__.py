"""LINK: which stories are translations of one another."""
