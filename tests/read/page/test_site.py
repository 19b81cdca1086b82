import json

from tests.read.page.pages import news_page, read


def test_site_section_and_image() -> None:
    node = {
        "@type": "NewsArticle",
        "articleSection": "Weather",
        "publisher": {"@type": "Organization", "name": "Courier Ltd"},
        "image": [{"@type": "ImageObject", "url": "/pictures/pier.jpg"}],
    }
    block = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    article = read(news_page(head=block))
    assert article.site_name == "Courier Ltd"
    assert article.section == "Weather"
    assert article.lead_image == "https://courier.example/pictures/pier.jpg"


def test_meta_elements_where_there_is_no_structured_data() -> None:
    head = (
        '<meta property="og:site_name" content="Northern Courier">'
        '<meta property="article:section" content="Weather">'
        '<meta property="og:image" content="//img.example/pier.jpg">'
    )
    article = read(news_page(head=head))
    assert article.site_name == "Northern Courier"
    assert article.section == "Weather"
    assert article.lead_image == "https://img.example/pier.jpg"


def test_what_is_no_address_is_no_image() -> None:
    for address in ("data:image/png;base64,AAAA", "javascript:x", "http://["):
        page = news_page(head=f'<meta property="og:image" content="{address}">')
        assert read(page).lead_image is None
