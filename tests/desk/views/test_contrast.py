"""The palette meets WCAG 2.1 AA in each scheme: 4.5 for text, 3 for graphics and controls."""

import pytest

from tests.desk.palette import contrast, palettes

TEXT = [
    ("ink", "paper"),
    ("quiet", "paper"),
    ("red", "paper"),
    ("blue", "paper"),
    ("paper", "ink"),
    ("paper", "red"),
    ("ink", "shade"),
    ("quiet", "shade"),
    ("red", "shade"),
    ("blue", "shade"),
    ("red", "cut"),
    ("ink", "cut"),
    ("blue", "added"),
    ("ink", "mark"),
    ("quiet", "mark"),
]
EDGES = [("edge", "paper"), ("blue", "paper"), ("ink", "paper")]


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
@pytest.mark.parametrize("pair", TEXT)
def test_text(scheme: str, pair: tuple[str, str]) -> None:
    palette = palettes()[scheme]
    assert contrast(palette[pair[0]], palette[pair[1]]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
@pytest.mark.parametrize("pair", EDGES)
def test_edges(scheme: str, pair: tuple[str, str]) -> None:
    palette = palettes()[scheme]
    assert contrast(palette[pair[0]], palette[pair[1]]) >= 3.0


def test_the_schemes_have_the_same_colours() -> None:
    names = [set(palette) for palette in palettes().values()]
    assert names[0] == names[1] == names[2]


def test_contrast_is_computed_as_in_the_standard() -> None:
    assert contrast("#000", "#fff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
