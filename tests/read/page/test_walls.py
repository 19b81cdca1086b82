import pytest

from service.contract.outcome import Rejected, RejectionReason
from tests.read.page.pages import read

# title, heading and text of pages that servers sent with status 200 instead of an article
WALLS = [
    (
        "Access Denied",
        "Access Denied",
        "You don't have permission to access this page on this server. Reference "
        "#18.2d3e1202.1700. "
        "If you think that this is an error, write to the site owner and name the reference above.",
    ),
    (
        "Just a moment...",
        "Verifying you are human. This may take a few seconds.",
        "The site needs to review the security of your connection before it goes on. Enable "
        "JavaScript and cookies to continue. Ray ID: 8a1b2c3d4e5f. This page closes by itself.",
    ),
    (
        "The Tribune",
        "451: Unavailable due to legal reasons",
        "We recognize you are attempting to access this website from a country belonging to the "
        "European Economic Area, which enforces the GDPR, and therefore access cannot be granted.",
    ),
    (
        "Page not found - Tribune",
        "Page not found",
        "We are sorry, but the page you are looking for could not be found. It may have been moved "
        "or deleted. Please check the address, or return to the home page and search there.",
    ),
    (
        "The Herald",
        "Please turn off your ad blocker",
        "It looks like you are using an ad blocker. Please disable your ad blocker for this site "
        "and then reload the page to go on reading. Our work is paid for by advertising.",
    ),
    (
        "Nordblatt",
        "Weiterlesen mit Werbung oder im Abo",
        "Wir und unsere 213 Partner speichern Informationen auf Ihrem Gerät, zum Beispiel Cookies, "
        "und verarbeiten personenbezogene Daten. Sie können Ihre Einwilligung jederzeit in den "
        "Einstellungen widerrufen.",
    ),
    (
        "Page introuvable",
        "Page introuvable",
        "La page que vous recherchez n'existe plus ou a été déplacée. Vérifiez l'adresse saisie ou "
        "revenez à la page d'accueil pour retrouver nos articles et nos dossiers du jour.",
    ),
    (
        "404",
        "Страница не найдена",
        "К сожалению, запрашиваемая страница не найдена или была удалена. Вернитесь на главную "
        "страницу сайта или воспользуйтесь поиском по сайту, чтобы найти нужный материал здесь.",
    ),
    (
        "北方日报",
        "安全验证",
        ""
        "您的访问请求过于频繁，为了保证网站的安全运行，请完成下面的验证后继续访问。请检查您的浏览器是否启用了脚本，如有疑问请联系网站。",
    ),
]
ARTICLES = [
    (
        "Browser maker delays its plan for cookies",
        "A maker of browsers on Tuesday put off once more its plan to end cookies of third "
        "parties, "
        "after regulators raised concerns. The step had been expected since the spring, and shares "
        "of advertisers rose by a tenth in early trading.",
    ),
    (
        "Hiker not found after four days",
        "A hiker who went missing on Sunday near Lake Arlo has not been found after four days, the "
        "sheriff said. The search goes on until the weekend. More than sixty people joined it.",
    ),
    (
        "Court rules on ad blockers",
        "An ad blocker infringes no copyright, a court ruled on Thursday in a case that a "
        "publisher "
        "had brought. The judges said that readers decide what they are shown. The publisher, "
        "which "
        "has papers in four towns, said that it would appeal and that the ruling cost it millions.",
    ),
]


def page_of(title: str, heading: str, text: str) -> str:
    return (
        f"<html><head><title>{title}</title></head><body><main><h1>{heading}</h1><p>{text}</p>"
        "</main></body></html>"
    )


@pytest.mark.parametrize(("title", "heading", "text"), WALLS)
def test_a_page_about_itself_is_rejected(title: str, heading: str, text: str) -> None:
    with pytest.raises(Rejected) as rejected:
        read(page_of(title, heading, text))
    assert rejected.value.reason is RejectionReason.WALL
    assert "are about the page itself" in rejected.value.detail


@pytest.mark.parametrize(("title", "heading", "text"), WALLS[:4])
def test_it_is_rejected_without_a_heading_that_names_it(
    title: str, heading: str, text: str
) -> None:
    with pytest.raises(Rejected):
        read(page_of("The Tribune", "The Tribune", text))


@pytest.mark.parametrize(("title", "text"), ARTICLES)
def test_an_article_about_browsers_and_pages_is_read(title: str, text: str) -> None:
    assert read(page_of(title, title, text)).title == title


def test_a_wall_in_front_of_an_article_does_not_hide_it() -> None:
    wall, article = WALLS[5], " ".join(text for _, text in ARTICLES)
    page = page_of(ARTICLES[0][0], ARTICLES[0][0], f"{wall[2]}</p><p>{article}</p><p>{article}")
    assert "expected since the spring" in read(page).text
