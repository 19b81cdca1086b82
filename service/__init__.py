"""copydesk turns raw crawled pages into clean, attributed, deduplicated news events."""

from importlib.metadata import version

__version__ = version("copydesk")
