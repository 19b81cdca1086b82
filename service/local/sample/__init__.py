"""The sample crawl: invented news pages with expected outcomes, for the demo and for tests."""

from service.local.sample.crawl import Expectation, SamplePage, sample_crawl

__all__ = ["Expectation", "SamplePage", "sample_crawl"]
