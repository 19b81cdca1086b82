"""Crawlers run for real against a site on this machine, and what they leave is fed to copydesk."""
