from tests.eval.unnamed import without_names


def test_names_are_replaced_by_others_and_the_same_by_the_same() -> None:
    page = without_names('<div class="a caption" id=\'b\'><p class="caption">Text</p></div>')
    first, second = page.split('class="')[1:]
    assert "caption" not in page
    assert first.split('"')[0].split()[1] == second.split('"')[0]
    assert page.endswith(">Text</p></div>")


def test_roles_and_microdata_stay() -> None:
    html = '<div itemprop="articleBody" role="main">Text</div>'
    assert without_names(html) == html
