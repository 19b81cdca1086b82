"""What limits the time of a text hears when a table is loaded."""

import pytest

from service.text import loading as module
from service.text.loading import listen, loading
from service.text.rarity import zipf_table
from service.text.word_segmentation import word_segmenter


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    said: list[bool] = []
    monkeypatch.setattr(module, "_listener", module._listener)
    listen(said.append)
    return said


def test_a_table_is_reported_when_it_is_loaded_and_not_when_it_is_used(heard: list[bool]) -> None:
    zipf_table.cache_clear()
    zipf_table("de")
    assert heard == [True, False]
    zipf_table("de")
    assert heard == [True, False]


def test_of_nested_loads_the_outermost_is_reported(heard: list[bool]) -> None:
    zipf_table.cache_clear()
    word_segmenter.cache_clear()
    word_segmenter("ja")
    assert heard == [True, False]


def test_the_end_is_reported_if_loading_fails(heard: list[bool]) -> None:
    with pytest.raises(MemoryError), loading():
        raise MemoryError
    assert heard == [True, False]
