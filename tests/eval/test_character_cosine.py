"""The cosine is that of scikit-learn's vectoriser."""

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from tests.eval.character_cosine import cosine_pairs

TEXTS = [
    "The harbour of Lindholm was closed on Monday after two ferries collided in fog.",
    "Lindholm's harbour was closed on Monday, after two ferries had collided in the fog.",
    "लिंडहोम का बंदरगाह सोमवार को बंद रहा",
    "लिंडहोम का बंदरगाह सोमवार को बंद रहा।",
    "abc",
    "",
]


def test_cosines_are_those_of_the_library() -> None:
    vectoriser = TfidfVectorizer(analyzer="char", ngram_range=(4, 4), sublinear_tf=True, min_df=2)
    vectors = vectoriser.fit_transform(TEXTS)
    wanted = (vectors @ vectors.T).toarray()
    found = cosine_pairs(TEXTS, 0.1)
    assert found
    for (a, b), cosine in found.items():
        assert a < b
        assert cosine == pytest.approx(wanted[a, b], abs=1e-5)
    high = {(a, b) for a, b in np.argwhere(wanted >= 0.1).tolist() if a < b}
    assert set(found) == high
