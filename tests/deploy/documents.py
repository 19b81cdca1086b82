"""Commands that documents show: shell lines in fenced blocks, and `copydesk ...` in the text."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

DOCUMENTS = [
    ROOT / "README.md",
    *sorted((ROOT / "deploy").glob("*.md")),
    *sorted((ROOT / "service").rglob("README.md")),
    ROOT / "tests" / "README.md",
]

PROGRAMS = (
    "apt-get",
    "base=",
    "cd",
    "copydesk",
    "curl",
    "docker",
    "export",
    "kubectl",
    "make",
    "mvn",
    "pip",
    "pytest",
    "python",
    "scrapy",
)
"""First words of a block that is for a shell, without a folder before them and a version after."""

SHELL_TAGS = ("sh", "bash", "shell", "console")

_FENCE = re.compile(r"^```(\S*)\n(.*?)^```$", re.M | re.S)
_SETTING = re.compile(r"^(?:[A-Z][A-Z_]*=\S+ +)+")


def blocks(document: Path) -> Iterator[tuple[str, str]]:
    """Tag and content of each fenced block."""
    for match in _FENCE.finditer(document.read_text(encoding="utf-8")):
        yield match[1], match[2]


def is_shell(tag: str, block: str) -> bool:
    """Whether a block is for a shell: by its tag, or without one by its first word."""
    if tag:
        return tag in SHELL_TAGS
    first = _SETTING.sub("", block.lstrip()).split(maxsplit=1)[0]
    return first.startswith(PROGRAMS) or first.rpartition("/")[2].startswith(PROGRAMS)


def commands(block: str) -> Iterator[str]:
    """The commands of a block, each on one line, without comments; a loop is one command."""
    whole, depth = "", 0
    for line in block.splitlines():
        bare = re.sub(r"(^|\s+)#\s.*$", "", line).strip()
        if not bare:
            continue
        whole = f"{whole} {bare}".strip()
        if whole.endswith("\\"):
            whole = whole[:-1].rstrip()
            continue
        depth += len(re.findall(r"\bdo$", bare)) - (bare == "done")
        if not depth:
            yield whole
            whole = ""


def shown_commands(document: Path) -> list[str]:
    """All commands in a document's blocks, in their order, each once."""
    shell = (block for tag, block in blocks(document) if is_shell(tag, block))
    return list(dict.fromkeys(each for block in shell for each in commands(block)))


def other_blocks(document: Path) -> list[str]:
    """The first line of each block without a tag that is not for a shell."""
    return [
        block.lstrip("\n").partition("\n")[0]
        for tag, block in blocks(document)
        if not tag and not is_shell(tag, block)
    ]


def own_words(command: str) -> str | None:
    """The words after `copydesk` in a command; None where it does not call copydesk."""
    bare = _SETTING.sub("", command)
    match = re.search(r"(?:^|exec \S+ |-- )(?:\.venv/bin/)?copydesk (.*)$", bare) or re.search(
        r"^docker compose run .*? worker (.*)$", bare
    )
    return None if match is None else match[1]


def named_in_text(document: Path) -> list[str]:
    """The words after `copydesk` in each span of code in the text."""
    text = _FENCE.sub("", document.read_text(encoding="utf-8"))
    return [" ".join(each.split()) for each in re.findall(r"`copydesk ([^`]+)`", text)]
