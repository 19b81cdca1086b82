"""Two texts in two languages, as `copydesk explain` prints them."""

import io
import json
import re
from pathlib import Path

from click.testing import CliRunner
from rich.console import Console

from service.cli.explain import command
from service.cli.translation_page import print_translation
from service.contract.record import Record, Topic
from service.contract.serde import dump
from service.contract.translations import TRANSLATIONS_PREFIX, StoryTranslations
from service.fold.explain import Explanation, explain
from service.link.explain import TranslationExplanation, explain_translation
from service.link.original import Source
from service.local.json_record import json_line
from tests.desk.records import translation
from tests.fold.explain.texts import signed
from tests.link.explain.texts import ferry
from tests.local.stored import page as stored_page
from tests.local.stored import write_events


def page(
    a: str, b: str, *, width: int = 80, color: bool = False, source: Source | None = None
) -> str:
    file = io.StringIO()
    console = Console(
        file=file, width=width, force_terminal=color, color_system="truecolor" if color else None
    )
    texts = (ferry(a), ferry(b))
    copies = explain(signed(texts[0], language=a), signed(texts[1], language=b, offset=1))
    print_translation(console, copies, explain_translation(*texts, a, b, source=source))
    return file.getvalue()


def test_all_parts_are_there_after_the_verdict() -> None:
    found = page("es", "de")
    assert re.match(r"translation: score [01]\.\d\d\nas copies: not the same", found)
    assert re.findall(r"^(\w[\w ]+) ─{20,}", found, re.M) == [
        "whose text",
        "features",
        "keys in common",
        "numbers",
        "names",
        "words in both",
        "sentences",
    ]
    assert "incendio = Feuer (fire)" in " ".join(found.split())


def test_the_source_is_named_with_the_reason() -> None:
    found = page("es", "de", source=Source(first=True, why="named")).splitlines()
    assert found[1] == "B is a translation of A: B names A"
    found = page("es", "de", source=Source(first=False, why="time")).splitlines()
    assert found[1] == "A is a translation of B: B was published and fetched earlier"


def test_without_colour_facts_of_both_are_in_brackets() -> None:
    found = page("es", "de", width=400)
    assert "evacuar a [214] pasajeros y [37] tripulantes" in found
    assert "die [214] Passagiere und [37] Besatzungsmitglieder" in found
    coloured = page("es", "de", width=400, color=True)
    assert "[214]" not in coloured
    assert "\x1b[" in coloured


def test_files_in_two_languages_are_explained_as_a_translation(tmp_path: Path) -> None:
    files = []
    for language in ("es", "de"):
        title, _, text = ferry(language).partition("\n")
        path = tmp_path / f"{language}.html"
        paragraphs = "".join(f"<p>{line}</p>" for line in text.split("\n") if line)
        path.write_text(
            f"<html lang={language}><title>{title}</title><article><h1>{title}</h1>{paragraphs}"
            "</article>"
        )
        files.append(str(path))
    shown = CliRunner().invoke(command, ["--json", *files])
    assert shown.exit_code == 0, shown.stderr
    found = json.loads(shown.stdout)
    translation = TranslationExplanation.model_validate(found.pop("translation"))
    assert translation.verdict.linked
    assert ("doce", "Zwölf") in translation.beside.numbers.both
    assert not Explanation.model_validate(found).verdict.same_story


def test_of_stored_events_what_is_said_of_their_stories_is_told(tmp_path: Path) -> None:
    pages = []
    for language in ("es", "de"):
        title, _, text = ferry(language).partition("\n")
        url = f"https://{language}.example/ferry"
        pages.append(stored_page(url, text, title=title, language=language))
    path = write_events(tmp_path / "events.jsonl", pages)
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    spanish, german = (row["value"] for row in rows if row["topic"] == "stories")
    ids = ["--events", str(path), spanish["id"], german["id"]]
    assert "linked as translations" not in CliRunner().invoke(command, ids).stdout
    link = translation("any", "https://es.example/ferry", language="es")
    said = StoryTranslations(
        story=german["id"],
        language="de",
        translations=(link.model_copy(update={"story": spanish["id"]}),),
        translation_of=spanish["id"],
        why="says_so",
    )
    key = f"{TRANSLATIONS_PREFIX}{said.story}".encode()
    with path.open("ab") as file:
        file.write(json_line(Record(Topic.STORIES, key, dump(said))))
    shown = CliRunner().invoke(command, ids).stdout
    assert "B is a translation of A: B says that it is one" in shown
    assert "the two stories are linked as translations" in shown
