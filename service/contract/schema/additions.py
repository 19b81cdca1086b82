"""Properties that were added to what 0.1.0 wrote.

They are always written now, and yet not required: records of 0.1.0 are still on the topics, and
`stories` keeps the last record of a story for ever. A test compares this list with the schemas of
each release: a new property of an older object, which is always written, is added here.
"""

ADDED: dict[str, frozenset[str]] = {
    "Standard": frozenset({"schema_uri"}),
    "ArticleEvent": frozenset(
        {"people", "subjects", "descriptions", "genres", "alt_ids"},
    ),
    "Association": frozenset({"descriptions", "info_sources", "renditions"}),
    "CopydeskBlock": frozenset({"links", "author_roles", "sources"}),
    "StoryEvent": frozenset(
        {"agency_verified", "claims", "decisions", "copies_by_relation", "cites"},
    ),
}
"""Names of fields, by the class of the model."""
