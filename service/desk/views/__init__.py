"""The pages: each a handler that asks the read model and fills a template."""
