"""A blog farm's page around a text: the furniture that clean-up must take away."""

from html import escape


def blog_page(paragraphs: list[str]) -> str:
    """The paragraphs of a found text in a blog template with navigation, share bar and comment
    form."""
    body = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>A found page | Daily Blog Farm</title></head>
<body>
<header><a href="/">Daily Blog Farm</a><nav><ul><li><a href="/news">News</a></li>
<li><a href="/sport">Sport</a></li></ul></nav></header>
<main><article class="post"><div class="entry-content">
{body}
</div>
<div class="share"><a href="#">Facebook</a> <a href="#">Twitter</a></div></article>
<section id="respond"><h3>Leave a Reply</h3><form><label>Name</label><input name="n"></form>
</section></main>
<footer>Daily Blog Farm. Powered by a blog engine.</footer>
</body></html>"""
