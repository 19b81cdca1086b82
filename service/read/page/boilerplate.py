"""Patterns for the lines that sites put around a text, in many languages."""

import re

from service.read.page.paragraph import WORD, count_words, normalise_words


def whole(*alternatives: str) -> re.Pattern[str]:
    """Return a pattern for a whole line that is one of these, ignoring punctuation around it. Each
    must begin with a letter or digit."""
    return re.compile(rf"^\W*+(?:{'|'.join(alternatives)})\W*$", re.I)


FURNITURE = whole(
    r"source (?:link|article)",
    r"read (?:the )?(?:full|original) (?:article|story)(?: here)?|read more",
    r"leave a (?:reply|comment)|post a comment|comments?(?: \d+)?|\d+ comments?",
    r"advertisement(?: \d+)?(?: ?story continues below)?|anzeige|werbung|publicidad|publicité",
    r"pubblicità|publicidade|reklama?|реклама|annonse?|advertentie|article content|article",
    r"(?:(?:article|story) )?continues (?:after|below)(?: (?:the |this )?ad(?:vertisement)?)?",
    r"scroll to continue(?: with content)?|this slideshow requires javascript",
    r"sign up(?: now| here)?|subscribe(?: now)?|log ?in|share|print|teilen|drucken",
    r"click here to (?:read|view|see|subscribe|sign up).{0,60}",
    r"click here (?:to get|for) the .{2,40} app",
    r"loading|skip to (?:main )?content|auch interessant|czytaj więcej|leggi anche|lesezeit.{0,20}",
    r"(?:tags?|filed under|topics|etiketler) ?:(?: [\w&-]+,?){0,12}",
    r"(?:previous|next) (?:post|article)|(?:link zum .{2,20}-inhalt)",
    r"lesedauer:? ?\d+ minuten?|\d+ min(?:uten)?\.? (?:lesezeit|read)"
    r"|reading time:? ?\d+ min.{0,5}",
    r"(?:just|must) watched|must watch|a post shared by .{2,80}"
    r"|(?:chat with us in facebook messenger).{0,80}",
    r"(?:view|see) this (?:post|photo) on instagram|(?:scroll down for video|story highlights)",
    r"(?:empfohlener (?:redaktioneller|externer) inhalt)|image source,? .{2,60}",
    r"(?:责任?编辑?|責任?編輯?|编辑|編輯)\s?[:：][^。]{2,20}|thanks for signing up",
    r"(?:get|try) [^.!?]{2,40}, [^.!?]{2,40}\bnewsletter",
    r"ein klick für den datenschutz|hauptinhalt|bild in detailansicht öffnen",
)
TAIL = whole(
    r"leave a (?:reply|comment)(?: .{0,60})?|post a comment|cancel reply",
    r"source link",
    r"related (?:posts|articles|stories|news|content|topics)(?: on .{2,40})?",
    r"(?:more )?top stories|partner news",
    r"more (?:from|great|stories|on this story|news)\b.{0,40}|most (?:popular|read)\b.{0,30}",
    r"you (?:may|might) also (?:like|enjoy)|recommended for you|popular on .{2,30}|don.t miss",
    r"your email address will not be published.{0,80}|join our commenting forum",
    r"schreibe(?:n sie)? einen kommentar.{0,60}|mehr zum thema|ähnliche artikel|weitere artikel",
    r"das könnte (?:sie|dich) auch interessieren|lesen sie auch|kommentar abgeben",
    r"deja (?:un comentario|una respuesta).{0,60}|laisser un commentaire.{0,60}",
    r"(?:artículos|noticias) relacionad[ao]s|te puede interesar|articles? (?:liés|similaires)",
    r"à lire aussi|articoli correlati|notizie correlate|leia também|veja também|lees ook",
    r"gerelateerde artikelen|läs också|les også|læs også|czytaj (?:też|także)|zobacz także",
    r"читайте также|相关(?:新闻|阅读|推荐)|関連(?:記事|ニュース)|관련\s?기사",
)
PREFIXED = re.compile(
    r"^\W*+(?:read (?:also|more|next)|also read|see (?:also|more)|related|more|don.t miss|watch"
    r"|also on .{2,20}|lesen sie (?:auch|hier|dazu)|mehr zum thema|auch interessant|lies auch"
    r"|(?:à )?lire aussi|lee también|leggi anche(?: su)?|leia (?:também|mais)|lees ook|læs også"
    r"|les også|läs också|czytaj (?:też|także|więcej)|čtěte také|читайте также|читайте також"
    r"|baca juga|ayrıca oku\w*)\s*[:：|–-]",
    re.I,
)
# Before a verb that asks: the beginning, a sentence's end, "please", or what links a request.
IMPERATIVE = r"(?:^\W{0,3}|[.!?:;|–—-]\s|\b(?:please|you can|here to) )"
# Requests to the reader, for lower-case text. Each pattern is preceded by words: any match contains
# at least one of them. Looking for the words first takes a tenth of the time of one large pattern.
ASKING: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = tuple(
    (words, re.compile(pattern))
    for words, pattern in (
        (
            ("sign up", "signup", "subscribe", "register", "join"),
            rf"{IMPERATIVE}(?:sign ?up|subscribe|register|join)\b.{{0,80}}\b(?:newsletters?|inbox"
            r"|e-?mails?|whatsapp|channel|today|now|free|here|updates|conversations?)\b|\bsign up: "
            r"|\bjoin our .{0,30}(?:channel|newsletter|community)"
            r"|\b(?:sign ?up|subscribe|register) (?:to|for) (?:our|the|my|this) .{0,40}newsletter",
        ),
        (
            ("newsletter",),
            rf"{IMPERATIVE}(?:get|read|see|find|try) .{{0,40}}\bnewsletters? here\b"
            r"|\bour .{0,30}newsletters? here\b|\bnewsletters? (?:abonnieren|anmelden)",
        ),
        (
            ("follow ",),
            r"\bfollow (?:us|our|\S+ \S+|\S+) on"
            r" (?:twitter|facebook|instagram|google|x|youtube|telegram)",
        ),
        (
            ("like this", "enjoy"),
            r"\b(?:like|enjoyed?) this (?:story|article|post)\b",
        ),
        (
            ("form below", "hit 'like'", "hit ‘like’"),
            r"\b(?:fill (?:out|in)|use|complete) the form below\b|\bhit ['‘]like['’] on our\b",
        ),
        (
            ("get in touch", "click here", "do you have a", "tell us what you"),
            r"\bget in touch\b|\bclick here (?:to|for)\b|\btell us what you"
            r"|\bdo you have (?:a|an) (?:story|tip|opinion|question)",
        ),
        (
            ("for more ", "check out ", "support ", "policy"),
            r"\bfor more (?:stories|news)\b|\bcheck out (?:more|our)\b"
            r"|\bsupport (?:our|us|independent) \w+|\bcomments? policy\b",
        ),
        (
            ("log in or", "login or", "please ", "download ", "first "),
            r"\blog ?in or (?:register|create)|\bplease (?:log ?in|sign in|read our)\b"
            r"|\bdownload (?:the|our) .{0,20}app\b|"
            r"(?:^|\b(?:article|story|post|piece|column|version|interview|review|essay|it|this)"
            r"(?: by [^.,;]{3,60}?)? )"
            r"(?:was |has |also |originally ){0,2}first (?:published|appeared) (?:in|on)\b",
        ),
        (
            ("folg", "abonnier", "jetzt", "hat ihnen"),
            r"\bfolgen sie uns|folgst du|abonniere?n? (?:sie )?(?:den|unseren|jetzt)"
            r"|\bjetzt (?:abonnieren|anmelden|melden|kostenlos)"
            r"|hat ihnen (?:dieser|der) (?:artikel|beitrag)",
        ),
        (
            ("unterstützen", "mitglied", "meinung", "fehler", "kommentar", "einloggen"),
            r"unterstützen sie uns|mitglied werden|ihre meinung ist uns|fehler gefunden"
            r"|kommentar abgeben|einloggen um",
        ),
        (
            ("suscr", "síguenos", "vous", "iscriviti", "seguici", "assine ", "siga", "inscreva"),
            r"\bsuscríb[ea]te|síguenos|\babonnez-vous|inscrivez-vous|suivez-nous|\biscriviti"
            r"|seguici|\bassine (?:a|o|nossa)|siga(?:-nos| a| o)|\binscreva-se",
        ),
        (
            ("abonneer", "nieuwsbrief", "nyhetsbrev", "oss", "zapisz", "obserwuj"),
            r"\babonneer|nieuwsbrief|\bnyhetsbrev|følg oss|följ oss|\bzapisz się|obserwuj nas",
        ),
        (
            ("подпис", "следите", "abone", "takip", "扫码", "关注我们", "登録は"),
            r"подпис(?:ывайтесь|аться)|следите за|abone ol|takip edin|扫码|关注我们|登録はこちら",
        ),
    )
)
# A shortcode of a content system that was not expanded: `[button link="/x"]More[/button]`.
SHORTCODE = re.compile(r"\[(\w{3,20}) [^\[\]]{0,300}\](?:.{0,200}\[/\1\])?")
# A note on what the site earns by its links, for lower-case text; preceded by words as ASKING is.
AFFILIATE_WORDS = ("affiliate", "commission", "provision", "comisión", "comissão", "commissione")
AFFILIATE = re.compile(
    r"\baffiliate (?:links?|commissions?|disclosure|partners?|programs?)\b"
    r"|\b(?:we|i|us|our site|this site) (?:may|might|will|can|could|sometimes )?\s?(?:also )?"
    r"(?:earn|receive|get|make)s? (?:an? |some )?(?:small )?(?:affiliate |referral )?commissions?\b"
    r"|\bearn us an? (?:small )?commission|affiliate-links?\b|erhalten? (?:wir|ich) (?:ggf\. )?eine"
    r" (?:kleine )?provision|\b(?:touch|percev|recev)\w{1,8} une (?:petite )?commission"
    r"|\b(?:recib\w{1,8}|obten\w{1,8}|ganar) una (?:pequeña )?comisión"
    r"|receber uma (?:pequena )?comissão|\bricev\w{1,8} una (?:piccola )?commissione"
)
SHARE_WORDS = {
    "share", "tweet", "facebook", "twitter", "x", "whatsapp", "email", "e", "mail", "print", "link",
    "linkedin", "pinterest", "reddit", "telegram", "on", "this", "via", "copy", "pin", "it", "us",
    "messenger", "flipboard", "pocket", "tumblr", "vk", "bluesky", "threads", "teilen", "compartir",
    "partager", "condividi", "article", "save", "bookmark", "comments", "viber", "google", "line",
    "instagram", "youtube", "follow", "xing", "drucken", "mastodon",
}  # fmt: skip
SHARE_SMALL_WORDS = {"x", "it", "us", "on", "this", "e", "via", "line"}
LONGEST_SHARE_BAR = 300  # characters
SEPARATORS = "/|»›>→▸•·:"
SEPARATOR = re.compile(r"(?<!\s)\s++[/|]\s++|(?:(?<!\s)\s++)?[»›>→▸]\s*+|(?<!\s)\s++[•·:]{1,2}\s++")
START = re.compile(
    r"^\W*+(?:home|you are here|startseite|start|inicio|accueil|início|hem|hjem|strona główna"
    r"|главная|首页|ホーム)\b",
    re.I,
)


def asks(text: str) -> bool:
    """True if a text asks the reader to subscribe, follow, write in, or the like."""
    lowered = text.lower()
    for words, pattern in ASKING:
        if any(word in lowered for word in words) and pattern.search(lowered):
            return True
    return False


def is_shortcode(text: str) -> bool:
    """True if a line is a shortcode and nothing else."""
    return text.startswith("[") and SHORTCODE.fullmatch(text) is not None


def discloses_commission(text: str) -> bool:
    """True if a text tells the reader that the site is paid for purchases through its links."""
    lowered = text.lower()
    return any(word in lowered for word in AFFILIATE_WORDS) and (
        AFFILIATE.search(lowered) is not None
    )


def is_share_bar(text: str) -> bool:
    """True if a line contains only names of ways to share the article."""
    if len(text) > LONGEST_SHARE_BAR:
        return False
    text = text.casefold()
    first = WORD.search(text)
    if first is None or first.group() not in SHARE_WORDS:
        return False
    words = set(WORD.findall(text))
    return 0 < len(words) <= 15 and words <= SHARE_WORDS and not words <= SHARE_SMALL_WORDS


def is_breadcrumb(text: str, title: str) -> bool:
    """True if a line is a breadcrumb: short parts between separators, starting at the front page or
    ending in the title."""
    if not any(separator in text for separator in SEPARATORS):
        return False
    parts = [part for part in SEPARATOR.split(text) if part]
    if len(parts) < 2:
        return False
    ends_in_title = bool(title) and normalise_words(parts[-1]) == normalise_words(title)
    short = all(count_words(part) <= 5 for part in parts[:-1])
    return short and (ends_in_title or (START.match(text) is not None and len(text) <= 250))
