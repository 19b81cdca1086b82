"""Somebody who may add files to a crawl folder adds links to files that only the operator may read.

If `fold` or `feed` followed them, a private file would be published as an article.
"""

import os
from pathlib import Path

import pytest

from service.local.fed_files import FedFiles
from service.local.read_files import UnreadableInput, read_inputs, total_bytes
from service.local.watched_folder import WatchedFolder
from tests.cli.running import copydesk

SECRET = "The minister said on Friday that the secret bridge reopened after two years. " * 9


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    """A crawl folder with one page, beside a folder with a secret."""
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "secret.txt").write_text(SECRET)
    (tmp_path / "crawl" / "sub").mkdir(parents=True)
    (tmp_path / "crawl" / "sub" / "page.txt").write_text("The bridge reopened.")
    return tmp_path / "crawl"


def read(folder: Path) -> tuple[list[str], list[str]]:
    """The names of the files that are read, and the warnings."""
    warnings: list[str] = []
    messages = list(read_inputs([folder], report=warnings.append))
    return [message.source.topic for message in messages], warnings


@pytest.mark.parametrize(
    "target", ["../private/secret.txt", "../private", "..", "/etc", "sub/../../private/secret.txt"]
)
def test_a_link_out_of_the_folder_is_not_followed(crawl: Path, target: str) -> None:
    (crawl / "link.txt").symlink_to(target)
    names, warnings = read(crawl)
    assert names == ["crawl/sub/page.txt"]
    assert len(warnings) == 1
    assert "link.txt" in warnings[0]
    assert "not followed" in warnings[0]


def test_a_chain_of_links_out_is_not_followed(crawl: Path) -> None:
    (crawl / "sub" / "far.txt").symlink_to(crawl.parent / "private" / "secret.txt")
    (crawl / "near.txt").symlink_to("sub/far.txt")
    names, warnings = read(crawl)
    assert names == ["crawl/sub/page.txt"]
    assert len(warnings) == 2


def test_a_folder_whose_name_only_begins_the_same_is_outside(crawl: Path) -> None:
    (crawl.parent / "crawl-private").mkdir()
    (crawl.parent / "crawl-private" / "secret.txt").write_text(SECRET)
    (crawl / "link.txt").symlink_to("../crawl-private/secret.txt")
    assert read(crawl)[0] == ["crawl/sub/page.txt"]


def test_a_link_within_the_folder_works(crawl: Path) -> None:
    (crawl / "again.txt").symlink_to("sub/page.txt")
    (crawl / "z").symlink_to("sub")
    assert read(crawl) == (["crawl/again.txt", "crawl/sub/page.txt"], [])


def test_a_linked_folder_is_read_under_the_first_of_its_names(crawl: Path) -> None:
    (crawl / "a").symlink_to("sub")
    assert read(crawl) == (["crawl/a/page.txt"], [])


def test_links_cannot_make_a_loop_or_a_maze(crawl: Path) -> None:
    for level in range(40):  # 2 ** 40 ways through
        (crawl / f"{level}").mkdir()
        for name in "ab":
            (crawl / f"{level}" / name).symlink_to(f"../{level + 1}")
    (crawl / "sub" / "up").symlink_to("..")
    (crawl / "sub" / "itself").symlink_to("itself")
    assert read(crawl) == (["crawl/sub/page.txt"], [])


def test_a_folder_that_is_given_as_a_link_is_read(crawl: Path) -> None:
    given = crawl.parent / "given"
    given.symlink_to(crawl)
    names, warnings = read(given)
    assert (len(names), warnings) == (1, [])
    assert total_bytes([given]) == len("The bridge reopened.")


def test_a_file_that_is_given_as_a_link_is_read(crawl: Path) -> None:
    (crawl / "link.txt").symlink_to("../private/secret.txt")
    assert len(list(read_inputs([crawl / "link.txt"]))) == 1


def test_a_link_to_what_may_not_be_seen_does_not_end_the_command(crawl: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may see everything")
    (crawl / "root.txt").symlink_to("/root/secret.txt")
    assert read(crawl)[0] == ["crawl/sub/page.txt"]


def test_a_folder_with_only_links_out_has_no_files(tmp_path: Path) -> None:
    (tmp_path / "only").mkdir()
    (tmp_path / "only" / "hosts.txt").symlink_to("/etc/hosts")
    with pytest.raises(UnreadableInput, match="no supported files"):
        read(tmp_path / "only")


def test_a_watched_folder_warns_once(crawl: Path) -> None:
    (crawl / "link.txt").symlink_to("../private/secret.txt")
    warnings: list[str] = []
    with FedFiles(crawl.parent / "fed.jsonl") as fed:
        watched = WatchedFolder(crawl, 0.0, fed, report=warnings.append)
        found = [Path(state.path).name for _ in range(3) for state in watched.look()]
    assert set(found) == {"page.txt"}
    assert len(warnings) == 1


def test_fold_says_so_and_publishes_nothing_of_it(crawl: Path) -> None:
    (crawl / "link.txt").symlink_to("../private/secret.txt")
    done = copydesk("fold", str(crawl))
    assert done.returncode == 1, "no page is long enough for an article"
    assert "link.txt: a link to" in done.stderr
    assert "secret bridge" not in done.stdout
