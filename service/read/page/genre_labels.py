"""Labels by which pages declare the kind of a text, in many languages.

Only words that name a kind and nothing else: a section "Kultur" says nothing, "Kommentar" does.
Left out are words that also name a subject or a place on the page: "Culture", "Video", "Anzeige"
(which stands above every banner), "Disparition".
"""

from service.read.page.paragraph import normalise_words

LABELS = {
    "opinion": """
        opinion|opinions|op ed|oped|commentary|commentaries|comment is free|viewpoint
        |editorial|editorials|guest essay|guest commentary|opinion analysis
        |letters to the editor|kommentar|kommentare|kommentarer|meinung|meinungen
        |leitartikel|gastbeitrag|gastkommentar|kolumne|kolumnen|glosse|standpunkt|tribune
        |tribunes|éditorial|éditoriaux|édito|chronique|chroniques|opinions et débats
        |opinión|columna|columnas|tribuna|artículo de opinión|editoriales|opinioni|commento
        |commenti|editoriale|editoriali|opinião|coluna|colunas|artigo de opinião|opinie
        |opinies|commentaar|columns|åsikt|åsikter|ledare|debatt|krönika|krönikor|kronikk
        |leder|meninger|debat|debatt og meninger|kronik|klumme|mielipide|pääkirjoitus
        |kolumni|komentarz|komentarze|felieton|felietony|publicystyka|komentář|komentáře
        |názory|názor|vélemény|nuomonės|nuomonė|arvamus|viedokļi|mišljenje|kolumna|mnenje
        |opinii|görüş|köşe yazısı|мнение|мнения|колонка|думка|погляд|γνώμη|απόψεις|社説
        |論説|社评|社論|评论员文章|사설|칼럼|오피니언|opini|ý kiến|رأي|مقالات الرأي|דעות|राय|संपादकीय
    """,
    "analysis": """
        analysis|news analysis|analyse|analysen|hintergrundanalyse|décryptage|análisis
        |análise|analisi|analys|analyser|analyysi|analiza|analizy|analýza|elemzés|analizė
        |analiz|анализ|аналитика|аналіз|ανάλυση|解説|분석|analisis|phân tích|تحليل|ניתוח
        |विश्लेषण
    """,
    "interview": """
        interview|interviews|the interview|q a|q and a|im interview|entretien|entretiens
        |entrevista|entrevistas|intervista|interviste|intervju|haastattelu|wywiad|wywiady
        |rozhovor|rozhovory|interjú|interviu|intervjuu|intervija|röportaj|söyleşi|интервью
        |інтерв ю|συνέντευξη|インタビュー|专访|專訪|인터뷰|wawancara|phỏng vấn|مقابلة|حوار|ראיון
        |साक्षात्कार
    """,
    "obituary": """
        obituary|obituaries|obit|obits|nachruf|nachrufe|nécrologie|nécrologies|obituario
        |obituarios|necrológica|necrologio|necrologi|obituário|minnesord|dödsruna|nekrolog
        |nekrologer|muistokirjoitus|nekrologi|некролог|некролози|訃報|おくやみ|讣告|訃聞|부고
    """,
    "review": """
        review|reviews|film review|movie review|book review|music review|tv review
        |theatre review|theater review|album review|game review|restaurant review
        |product review|concert review|rezension|rezensionen|filmkritik|buchkritik
        |theaterkritik|konzertkritik|testbericht|testberichte|critique|critiques|reseña
        |reseñas|crítica de cine|crítica|recensione|recensioni|resenha|recensie|recensies
        |recension|recensioner|anmeldelse|anmeldelser|anmeldelser og kritikk|arvostelu
        |arvostelut|recenzja|recenzje|recenze|recenzió|kritika|recenzie|inceleme|рецензия
        |рецензии|рецензія|κριτική|レビュー|影评|书评|리뷰|ulasan
    """,
    "fact_check": """
        fact check|fact checks|fact checking|factcheck|factchecks|faktencheck|faktenchecks
        |faktencheck de|faktenfuchs|vérification|vérification des faits|les décodeurs
        |désintox|verificación|verificación de datos|checagem|checagem de fatos|fato ou fake
        |verifica dei fatti|factcheckers|faktagranskning|faktakoll|faktasjekk|faktatjek
        |tjekdet|faktantarkistus|weryfikacja|sprawdzamy fakty|ověřovna|tényellenőrzés
        |doğruluk kontrolü|teyit|фактчек|проверка фактов|перевірка фактів|ファクトチェック|事实核查
        |事實查核|팩트체크|cek fakta|kiểm chứng|تحقق
    """,
    "live": """
        live blog|liveblog|live updates|live update|live ticker|liveticker|live coverage
        |newsblog|en direct|le direct|suivez le direct|directo|en directo|minuto a minuto
        |ao vivo|minuto a minuto ao vivo|diretta|in diretta|la diretta|liverapport
        |direkterapport|liverapport direkt|på direkten|suora lähetys|na żywo|online přenos
        |živě|élőben|canlı anlatım|canlı blog|онлайн трансляция|ζωντανά|ライブブログ|直播
    """,
    "advertisement": """
        sponsored|sponsored content|sponsored post|sponsored article|paid content|paid post
        |paid partnership|paid for by|partner content|brand content|branded content
        |advertorial|advertorials|advertisement feature|advertiser content|native advertising
        |presented by|sponsored story|promoted content|in partnership|bezahlter inhalt
        |gesponsert|gesponserter inhalt|gesponserter beitrag|sponsored by|werbebeitrag
        |paid content by|entgeltliche einschaltung|publireportage|contenu sponsorisé
        |publirédactionnel|publi reportage|contenu partenaire|publireportaje
        |contenido patrocinado|publirreportaje|contenuto sponsorizzato|redazionale
        |publiredazionale|conteúdo patrocinado|publieditorial|publipost|gesponsorde inhoud
        |gesponsord|advertentie artikel|annonsørinnhold|betalt innhold|annoncørbetalt
        |sponsoreret indhold|annonssamarbete|i samarbete med|kaupallinen yhteistyö
        |artykuł sponsorowany|materiał sponsorowany|komerční sdělení|szponzorált tartalom
        |támogatott tartalom|sponsorlu içerik|на правах рекламы|партнерский материал
        |партнёрский материал|на правах реклами|広告企画
    """,
    "press_release": """
        press release|press releases|news release|media release|pressemitteilung
        |pressemitteilungen|presseaussendung|medienmitteilung|communiqué|communiqué de presse
        |communiqués de presse|comunicado de prensa|nota de prensa|notas de prensa
        |comunicado de imprensa|comunicato stampa|comunicati stampa|persbericht|persberichten
        |pressmeddelande|pressemelding|pressemeddelelse|lehdistötiedote|komunikat prasowy
        |tisková zpráva|sajtóközlemény|basın bülteni|пресс релиз|пресс релизы|прес реліз
        |δελτίο τύπου|プレスリリース|新闻稿|보도자료|siaran pers|thông cáo báo chí|بيان صحفي
    """,
    "satire": "satire|satira|sátira|satiir|сатира",
    "background": "background|backgrounder|hintergrund",
}
"""Labels by kind, parted by strokes."""

KINDS = {
    normalise_words(label): kind for kind, labels in LABELS.items() for label in labels.split("|")
}
"""Kind by label, normalised."""

_AMBIGUOUS = """
tribune ledare leder live background hintergrund review reviews debat diretta directo satire columns
sponsored
"""
AMBIGUOUS_SECTIONS = frozenset(_AMBIGUOUS.split())
"""Labels that are also the name of a paper, or of a section with texts of several kinds."""

AI_SENTENCE = (
    r"^[\W\d]{0,4}(?:note ?: )?"
    r"(?:(?:this|the) (?:article|story|text|report|content|post|translation|summary)"
    r" (?:was|is|has been) (?:[\w-]+ ){0,3}?"
    r"(?:generated|written|created|produced|translated|drafted|made)"
    r" (?:[\w-]+ ){0,3}?(?:by|with|using|through) (?:[\w'’-]+ ){0,6}?"
    r"(?:ai\b|a\.i\.|artificial intelligence|chatgpt|generative)"
    r"|(?:dieser|der|diese|die) (?:text|artikel|beitrag|meldung|bericht|übersetzung)"
    r" (?:wurde|ist|entstand) (?:[\w-]+ ){0,8}?"
    r"(?:ki\b|künstlicher intelligenz|ki-[\w-]+|chatgpt) ?(?:[\w-]+ ){0,4}?"
    r"(?:erstellt|verfasst|generiert|geschrieben|übersetzt|erzeugt|produziert)"
    r"|cet article a été (?:[\w-]+ ){0,4}?(?:généré|rédigé|écrit|traduit|produit)"
    r"[\w' ’]{0,60}?(?:intelligence artificielle|\bia\b)"
    r"|este (?:artículo|texto|contenido|artigo|conteúdo) (?:ha sido|fue|foi) (?:[\w-]+ ){0,4}?"
    r"(?:generado|escrito|creado|traducido|redactado|gerado|produzido|traduzido)"
    r"[\w' ]{0,60}?(?:inteligencia artificial|inteligência artificial|\bia\b)"
    r"|questo (?:articolo|testo) è stato (?:[\w-]+ ){0,4}?"
    r"(?:generato|scritto|creato|tradotto)[\w' ’]{0,60}?"
    r"(?:intelligenza artificiale|\bia\b|\bai\b)"
    r"|(?:dit artikel|deze tekst) (?:is|werd) (?:[\w-]+ ){0,8}?"
    r"(?:\bai\b|kunstmatige intelligentie))"
)
"""A sentence of the page about its own text: made by a program."""
