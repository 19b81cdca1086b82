"""The sample crawl: invented news pages with known answers, for the demo and for tests."""

from service.local.sample.crawl import Expectation, SamplePage, sample_crawl

__all__ = ["Expectation", "SamplePage", "sample_crawl"]
