"""Every baseline links what stands word for word twice, and nothing that has no word in common."""

from tests.eval.baselines import baselines, single_link

HARBOUR = (
    "The harbour of Lindholm was closed on Monday after two ferries collided in thick fog, and "
    "the port authority said that divers would look at both hulls before traffic could resume."
)
HINDI = "लिंडहोम का बंदरगाह सोमवार को बंद रहा क्योंकि दो नौकाएँ घने कोहरे में टकरा गईं और कोई घायल नहीं हुआ"
JAPANESE = "リンドホルムの港は月曜日に閉鎖された。濃い霧の中で二隻のフェリーが衝突したためである。"
TEXTS = [HARBOUR, HINDI, JAPANESE, HARBOUR, HINDI, JAPANESE]


def test_verbatim_copies_are_linked_in_every_script() -> None:
    found = dict(baselines(TEXTS, (0.4, 0.7)))
    assert len(found) == 12
    for name, pairs in found.items():
        assert pairs >= {(0, 3), (1, 4), (2, 5)}, name
        if not name.startswith("SimHash"):  # some texts are near by chance within ten bits
            assert len(pairs) == 3, name


def test_linked_texts_are_one_group() -> None:
    groups = single_link(5, [(0, 1), (3, 1)])
    assert groups[0] == groups[1] == groups[3]
    assert len(set(groups)) == 3
