"""Names of page furniture in class and id attributes, in languages other than English.

They are spelled as in attributes: small letters, mostly without accents. Names that are also the
text's own in some language are left out: German `kommentar` and Polish `komentarz` are kinds of
article too, Romance `autor` is a credit (see `element_roles.BYLINE_NAMES`).
"""

COMMENTS = """
kommentare kommentarbereich kommentarliste kommentarer kommentarfelt kommentarsfalt
commentaires commentaire comentarios comentario comentarii comentaris
commenti reacties reactie reageren yorumlar yorum-?\\w* komentarze komentare komentari komentarji
komentarai komentuok hozzaszolasok hozzaszolas kommentit kommentid keskustelu binh-?luan kommentarii
kommentariy opinioes-?leitores debattinlegg leserkommentare leserbriefe forumposts? user-?posts?
"""
"""Readers' comments: German, Danish, Norwegian, Swedish, French, Spanish, Portuguese, Romanian,
Catalan, Italian, Dutch, Turkish, Polish, Czech, Slovak, Croatian, Slovene, Lithuanian, Hungarian,
Finnish, Estonian, Vietnamese, Russian in Latin letters."""

OTHER_ARTICLES = """
mehr-?zum-?thema weitere-?artikel aehnliche-?artikel verwandte-?artikel meistgelesen
lesen-?sie-?auch
lesetipps? empfehlung(?:en)? a-?lire-?aussi lire-?aussi voir-?aussi articles-?lies les-?plus-?lus
sur-?le-?meme-?sujet relacionad[ao]s noticias-?relacionadas articulos-?relacionados lee-?tambien
te-?puede-?interesar mas-?leid[ao]s mas-?vistas? leia-?tambem leia-?mais veja-?tambem saiba-?mais
mais-?lidas leggi-?anche correlat[ie] articoli-?correlati notizie-?correlate piu-?letti lees-?ook
lees-?meer meest-?gelezen
gerelateerd\\w* las-?mer las-?ocksa lasmer relaterat relaterade les-?ogsa laes-?ogsa relaterte?
relaterede mest-?lest mest-?laest mest-?last lue-?myos luetuimmat czytaj-?(?:takze|tez|wiecej)
zobacz-?(?:takze|tez) powiazane najczesciej-?czytane souvisejici ctete-?take nejctenejsi suvisiace
povezane?-?vijesti najcitanije ilgili-?haberler? cok-?okunan\\w* benzer-?haberler baca-?juga
terkait berita-?terkait terpopuler bai-?(?:viet-?)?lien-?quan tin-?lien-?quan kapcsolodo\\w*
legolvasottabb citeste-?si citeste-?mai-?mult chitayte-?takzhe pohozhie
"""
"""Lists of other articles, in about the same languages and Indonesian."""

REST = """
werbung anzeigen? werbebanner publicite publicidade? pubblicita reklam[ae]?\\w* annons(?:er)?
annonser
mainos mainokset advertentie iklan oglas(?:i|y)? hirdetes publicitat quang-?cao
teilen sharebar-?\\w* compartir partager partage condividi compartilhe?\\w* delen dela-?artikel
udostepnij paylas sdilet bagikan chia-?se megosztas
nyhetsbrev nieuwsbrief bulten infolettre boletin boletim haber-?bulteni
autoren-?box autorenprofil auteur-?bio caja-?autor sobre-?o-?autor sobre-?el-?autor info-?autore
fil-?d-?ariane migas(?:-?de-?pan)? brotkrumen? kruimelpad okruszki drobeckova-?navigace
fusszeile fussleiste pie-?de-?pagina rodape piede-?pagina altbilgi menu-?principal
accordion-?\\w* collapsed collapsible toggle toggle-?box expandable
faktaboks faktaruta fakta-?box info-box infokasten
ai-?summary ai-?overview ai-?generated-?summary ki-?zusammenfassung resume-?ia resumen-?ia
resumo-?ia
"""
"""Advertisements, share bars, newsletters, author boxes, breadcrumbs, footers, boxes that a click
opens, boxes of facts, and summaries made by programs."""

LISTED_WORDS = (*COMMENTS.split(), *OTHER_ARTICLES.split(), *REST.split())

SURE_WORDS = (
    r"kommentar(?:e|er|bereich|liste)|comment(?:aires?|i)|comentari(?:os?|i)|reacties"
    r"|yorum(?:lar|-)"
    r"|komentar(?:ze|e|i|ji|ai)|kommenti[td]|hozzaszol|binh-?luan|leserkommentar",
    r"relacionad[ao]s|lire-aussi|lees-ook|leia-(?:tambem|mais)|veja-tambem|leggi-anche|correlat[ie]"
    r"|baca-juga|las-mer|ilgili-haber|czytaj-(?:takze|tez)|terkait|souvisejici|gerelateerd",
)
"""Patterns of names that an article's own wrapper hardly ever has; `comment` itself is one."""
