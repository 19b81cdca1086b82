"""The pages: each handler queries the read model and renders a template."""
