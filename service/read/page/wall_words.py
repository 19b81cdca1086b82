"""What pages without content say of themselves, in many languages: as a heading, and in sentences.

For `re.I` patterns. Each alternative takes a bounded number of steps from each position.
"""

HEADINGS = (
    # bot checks and refusals
    r"are you (?:a )?(?:robot|human)|(?:not|no) a? ?robot|verif(?:y|ying) (?:that )?you(?:'re"
    r"|’re| are)"
    r"|just a moment|attention required|access (?:to this page )?(?:has been )?(?:denied|blocked"
    r"|restricted)|security (?:check|verification)|human verification|pardon our interruption"
    r"|unusual (?:activity|traffic)|checking your (?:browser|connection)|too many requests|captcha"
    r"|you have been blocked|request (?:blocked|could not be)|bot (?:check|detect|protect)",
    r"(?:sind|bist) (?:sie|du) ein (?:mensch|roboter)|kein roboter|zugriff (?:verweigert|gesperrt)"
    r"|sicherheits(?:über)?prüfung|ungewöhnliche (?:aktivität|zugriffe)",
    r"(?:êtes-vous|etes-vous) (?:un|une) (?:robot|humain)|accès (?:refusé|bloqué|interdit)"
    r"|activité inhabituelle|vérification de sécurité",
    r"(?:no )?(?:eres|es usted) un (?:robot|humano)|acceso (?:denegado|restringido|bloqueado)"
    r"|actividad inusual|acesso (?:negado|bloqueado|restrito)|não (?:é|sou) um robô"
    r"|accesso (?:negato|bloccato)|non sei un robot|toegang geweigerd|geen robot|odmowa dostępu"
    r"|доступ (?:запрещ[её]н|ограничен)|вы (?:не )?робот|erişim (?:engellendi|reddedildi)"
    r"|アクセスが(?:拒否|制限)|ロボットではありません|访问(?:被拒绝|受限|异常)|安全验证|人机验证"
    r"|请求过于频繁|접근이 (?:거부|차단)|로봇이 아닙니다",
    # consent
    r"before you (?:continue|go on|proceed)|(?:your|value your|about your|we care about) privacy"
    r"|privacy (?:choices|settings|preferences|options)|cookie (?:consent|settings|preferences"
    r"|wall|notice)|(?:accept|consent to|use of|we use|this site uses) cookies"
    r"|consent (?:required|choices)"
    r"|we need your (?:consent|permission)|with (?:ads|advertising) (?:and|or) ",
    r"(?:ihre|deine) (?:privatsphäre|zustimmung|einwilligung)|datenschutz-?einstellungen"
    r"|bevor (?:sie|du) (?:fortf|weiter)|(?:mit|ohne) werbung (?:weiter|lesen|und)"
    r"|cookie-?einstellungen|zustimmung (?:erforderlich|nötig)",
    r"(?:votre|de la) vie privée|vos (?:choix|données)|avant de continuer|tu privacidad"
    r"|su privacidad|antes de continuar|sua privacidade|la tua privacy|prima di continuare"
    r"|(?:uw|jouw|je) privacy|din integritet|dit privatliv|personvern(?:et)? ditt|twoj[ae] prywatno"
    r"|gizliliğin|プライバシーを尊重|クッキー(?:の|に)同意",
    # region
    r"(?:not|un)available (?:in|for|from) (?:your|this) (?:region|country|location|area)"
    r"|(?:unavailable|blocked) (?:due to|for) legal reasons|^(?:error )?451\b"
    r"|(?:in (?:ihrem|deinem) land|in ihrer region) nicht verfügbar|(?:pas"
    r"|non) disponible dans votre"
    r"|no (?:está )?disponible en (?:tu|su) (?:país|región)|não (?:está )?disponível (?:no seu"
    r"|em seu|na sua)"
    r"|недоступ\w{0,9} в (?:вашем|вашей)|お住まいの地域|您所在的(?:地区|国家)",
    # blockers and scripts
    r"ad-? ?block(?:er|ing)?\b|(?:disable|turn off|using an?) (?:your )?ad|werbeblocker"
    r"|bloqueur de pub|bloqueador de (?:anuncios|publicidad)|bloccato(?:re)? (?:di )?(?:annunci"
    r"|pubblicità)"
    r"|(?:enable|activate|turn on|requires?|need) (?:javascript|cookies)"
    r"|javascript (?:is )?(?:required|disabled)"
    r"|(?:unsupported|outdated|update your) browser|広告ブロック|广告拦截",
    # not found, out of order
    r"^(?:error |http |fehler |erreur |erro |errore )?(?:40[134]|410|429|50[0234])\b"
    r"|\b(?:404|403)(?: error| not found|$)|(?:page|article|story|file|content|url) (?:was |is "
    r"|could |can |has )?"
    r"(?:not (?:be )?found|cannot be found|can't be found|no longer|(?:been )?(?:removed|moved"
    r"|deleted)|doesn['’]t exist"
    r"|does not exist|missing)|\bnot found$|^not found\b|nothing (?:was )?found|oops|we(?:'re"
    r"|’re| are) sorry"
    r"|something went wrong|under maintenance|(?:temporarily|service) unavailable",
    r"(?:seite|artikel|beitrag|inhalt) (?:wurde )?(?:leider )?(?:nicht (?:gefunden|vorhanden"
    r"|verfügbar)|existiert nicht)"
    r"|page (?:introuvable|non trouvée|inexistante)|(?:article|contenu) introuvable"
    r"|página no encontrada|no (?:se )?(?:ha )?(?:encontr\w{1,9}|existe) (?:la|esta) página"
    r"|página não encontrada"
    r"|pagina non trovata|pagina niet gevonden|sidan (?:hittades inte|kunde inte hittas|finns inte)"
    r"|siden (?:blev ikke|ble ikke|findes ikke|finnes ikke|kunne ikke)|sivua ei löy"
    r"|strona nie (?:została|istnieje)|nie znaleziono|stránka (?:nebyla )?nenalezena"
    r"|страница не найдена"
    r"|сторінк\w{1,9} не знайдено|sayfa bulunamadı|halaman tidak ditemukan|không tìm thấy trang"
    r"|ページが見つかりません|页面(?:不存在|未找到|没有找到)|找不到(?:页面|頁面|网页|網頁)"
    r"|페이지를 찾을 수 없|الصفحة غير موجودة",
    # sign-in
    r"^(?:please )?(?:log ?in|sign ?in|register)(?: (?:to|or)\b.{0,40})?$|subscri(?:be"
    r"|ption) (?:to|required)",
)
"""Headings of such pages."""

SENTENCES = (
    r"\b(?:not|are|aren['’]t) (?:you )?(?:a |an )?(?:robot|human|bot)\b|unusual (?:activity"
    r"|traffic)|automated (?:access|requests|queries|traffic|bot)"
    r"|(?:complete|solve|pass|tick) (?:the|this|a) (?:captcha|challenge|box|puzzle|security)"
    r"|(?:check|ensure|make sure|verify)(?:ing)? (?:that )?your (?:browser|connection|network"
    r"|device)"
    r"|your (?:browser|computer network|ip address|network|device)\b|your computer (?:or|may|has"
    r"|is)\b"
    r"|security (?:service|of your connection|solution)|(?:ray|reference|incident|request"
    r"|event) (?:id|number|code)?\s?[:#]"
    r"|(?:don['’]t|do not) have (?:permission|access)|access (?:to this (?:page|site|content"
    r"|resource))"
    r"|(?:site|page) owner|why (?:did this happen|was i blocked|have i been blocked|am i seeing)",
    r"javascript|\bcookies?\b|\bad-? ?block|(?:whitelist|allow-?list)|(?:disable|turn off"
    r"|pause) (?:your |the )?(?:ad|blocker|extension)"
    r"|(?:refresh|reload) (?:the|this) page|terms of (?:service|use)|privacy (?:policy|page"
    r"|notice|settings|choices)",
    r"(?:our|and our|\d) partners|store (?:and|or)(?:/or)? (?:read|access)"
    r"|personal(?:i[sz]ed)? (?:data|ads|advertising)"
    r"|(?:your|manage|change) (?:your )?(?:choices|consent|preferences|mind at any time)"
    r"|legitimate interest|unique identifiers",
    r"(?:not|un)available (?:in|to|for|from) (?:your|most|visitors|readers|users|this|some"
    r"|the)\b.{0,40}(?:region|country|countries|location|area|eea|europe\w{0,9})"
    r"|(?:european economic area|general data protection regulation|\bgdpr\b).{0,200}(?:access"
    r"|available|reader|visitor|content)"
    r"|(?:access|available|visitor|reader|website|content).{0,200}(?:european economic area"
    r"|\bgdpr\b)|legal reasons"
    r"|(?:we|you) (?:recogni[sz]e you are|are attempting to access|appear to be|seem to be)",
    r"(?:the )?(?:page|article|story|content|link|address|url|site) (?:that )?(?:you(?:'re|’re"
    r"|'ve|’ve| are| were| have)? (?:\w{1,9} )?(?:look|request|try|search|follow|want|click)"
    r"|(?:may|might|could|can|has|was|is|does|doesn['’]t|no)\b.{0,30}(?:found|moved|removed"
    r"|deleted|renamed|exist|longer|expired|unavailable|available))"
    r"|(?:could|can)(?:not|n['’]t| not) (?:be found|find)|(?:check|mistyped) the (?:address|url"
    r"|spelling|link)|\b404\b|(?:go|return|back|head) (?:back )?to (?:the |our )?(?:home|front"
    r"|main)"
    r"|use (?:the|our) (?:search|menu)|try (?:again|searching|our search)|home ?page"
    r"|(?:technical|server) (?:error|problem|difficult)|maintenance"
    r"|(?:log|sign) ?in (?:to|or)\b|(?:already )?have an account|already (?:a )?(?:subscriber"
    r"|registered)|create (?:a|an|your) (?:free )?account",
    # German
    r"\b(?:ihre[nmrs]?|deine[nmrs]?) (?:browser|gerät|netzwerk|ip-adresse|zustimmung"
    r"|einwilligung|werbeblocker|verbindung)|einstellungen|werbeblocker"
    r"|(?:unsere|und unsere|\d) partner|personalisierte|personenbezogene|roboter|datenschutz"
    r"|startseite|eingegebene adresse"
    r"|(?:seite|artikel|inhalt|adresse)\b.{0,60}(?:nicht (?:gefunden|mehr|verfügbar|erreichbar"
    r"|vorhanden)|gelöscht|verschoben|entfernt|existiert)|nicht verfügbar",
    # French
    r"\bvotre (?:navigateur|appareil|adresse ip|consentement|connexion|bloqueur|ordinateur)"
    r"|vos (?:choix|préférences|données)|(?:nos|\d) partenaires"
    r"|(?:la )?page (?:que vous|demandée|d['’]accueil)|n['’]existe (?:plus|pas)|introuvable"
    r"|données personnelles|bloqueur|vous n['’]êtes pas un robot",
    # Spanish, Portuguese, Italian, Dutch
    r"\b(?:tu|su|seu|tuo|suo|uw|jouw|je) (?:navegador|dispositivo|browser|apparaat"
    r"|consentimiento|consentimento|consenso|toestemming|toestel|conexión|conexão)"
    r"|(?:nuestros|nossos|nostri|onze|\d) (?:socios|parceiros|partner|partners)|(?:la "
    r"|a )?p[áa]gina (?:que (?:busca|buscas|você|cerchi|stai|intentas|está|procura)|solicitada"
    r"|richiesta|de inicio|inicial|principal|iniziale)"
    r"|no (?:existe|se ha encontrado|está disponible)|não (?:existe|foi encontrada"
    r"|está disponível)|non (?:esiste|è stata trovata|è disponibile)|(?:bestaat niet"
    r"|niet gevonden|niet beschikbaar)"
    r"|datos personales|dados pessoais|dati personali|persoonsgegevens|(?:eres"
    r"|es usted) un robot|é um robô|sei un robot|geen robot|bloqueador|adblocker",
    # Nordic languages, Polish, Czech, Russian, Ukrainian, Turkish, Indonesian
    r"\b(?:din|ditt|dine|dina) (?:webbläsare|browser|nettleser|enhet|samtycke|samtykke)|(?:våra"
    r"|våre|vores|\d) (?:partner|samarbejdspartnere)|(?:hittades|findes|finnes|finns) (?:inte"
    r"|ikke)|annonsblock"
    r"|(?:twoj\w{1,9}|swoj\w{1,9}|państwa) (?:przegląd|urządz|zgod)|plik\w{0,9} cookie"
    r"|nie (?:istnieje"
    r"|została znaleziona)|(?:váš|vaše|vašem|svůj) (?:prohlížeč|zařízení|souhlas)|neexistuje"
    r"|(?:ваш|вашего|вашем|свой) (?:браузер|устройств|согласи)\w{0,9}|файл\w{0,9} cookie"
    r"|страниц\w{1,9}.{0,40}(?:не найден|не существует|удален|удалён)|робот|главн\w{1,9} страниц"
    r"|поиск\w{0,9} по сайту|устаревш\w{1,9} ссылк|вводе адреса"
    r"|сторінк\w{1,9}.{0,40}(?:не знайден|не існує)"
    r"|tarayıcı|çerez|sayfa\w{0,9}.{0,40}(?:bulunamadı|mevcut değil|kaldırıl)|peramban"
    r"|halaman.{0,40}(?:tidak ditemukan|tidak tersedia)",
    # Chinese, Japanese, Korean, Arabic
    r"浏览器|瀏覽器|验证码|驗證|您(?:的|所)(?:访问|請求|请求|设备|地区|ip)|(?:页面|頁面|网页"
    r"|網頁|文章).{0,12}(?:不存在|已删除|已刪除|无法访问|找不到)|返回首页"
    r"|ブラウザ|クッキー|アクセス(?:が|を|は)|ページ.{0,12}(?:見つかり|存在し|削除)|ロボット"
    r"|同意|브라우저|쿠키|페이지.{0,12}(?:찾을 수|존재하지)|로봇|المتصفح|ملفات تعريف الارتباط"
    r"|الصفحة (?:التي|غير)",
)
"""Sentences that such pages consist of. Each is found in articles too, but never in most of one."""
