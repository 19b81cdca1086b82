"""The image: pinned and checked on the way in, small and unprivileged on the way out."""

import json
import re
from pathlib import Path

import pytest

from tests.deploy.dockerfile import Stage, read_stages

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def stages() -> list[Stage]:
    return read_stages(ROOT / "deploy" / "Dockerfile")


@pytest.fixture(scope="module")
def image(stages: list[Stage]) -> Stage:
    return stages[-1]


def test_builds_in_one_stage_and_runs_in_another(stages: list[Stage], image: Stage) -> None:
    assert [stage.name for stage in stages] == ["build", ""]
    assert [copy for copy in image.arguments("COPY") if not copy.startswith("--from=build")] == []


def test_bases_carry_a_version(stages: list[Stage]) -> None:
    for stage in stages:
        assert re.fullmatch(r"python:3\.\d+-slim(-\w+)?", stage.base)


def test_whatever_comes_from_an_index_is_checked_by_hash(stages: list[Stage]) -> None:
    runs = " && ".join(run for stage in stages for run in stage.arguments("RUN")).split("&&")
    installs = [run for run in runs if re.search(r"pip\b.* (install|wheel|download) ", run)]
    assert len(installs) == 5
    for run in installs:
        from_index = "--require-hashes" in run and "--only-binary :all:" in run
        local_only = "--no-deps" in run and ("--no-index" in run or run.rstrip().endswith(" ."))
        assert from_index or local_only, run


def test_what_is_compiled_is_what_has_no_wheel(stages: list[Stage]) -> None:
    (run,) = (run for run in stages[0].arguments("RUN") if "--no-binary" in run)
    assert 'if [ "$(uname -m)" = aarch64 ]' in run
    assert re.findall(r"--no-binary ([\w-]+)", run) == ["faust-streaming"]


def test_has_no_installer_in_the_end(stages: list[Stage], image: Stage) -> None:
    assert "venv --without-pip /opt/copydesk" in " ".join(stages[0].arguments("RUN"))
    assert "pip uninstall" in " ".join(image.arguments("RUN"))


def test_the_locks_to_choose_from_are_those_copied(stages: list[Stage]) -> None:
    """`LOCK` is one of them; the one with traces reads the other."""
    assert stages[0].arguments("ARG") == ["LOCK=requirements.txt"]
    assert {"requirements.txt", "requirements-otel.txt"} < set(
        stages[0].arguments("COPY")[0].split()
    )


def test_licence_and_notice_are_in_the_image(stages: list[Stage]) -> None:
    assert "cp LICENSE NOTICE /opt/copydesk/" in " ".join(stages[0].arguments("RUN"))


def test_the_build_backend_is_the_one_developers_use() -> None:
    (pin,) = re.findall(
        r"^setuptools==\S+", (ROOT / "deploy" / "requirements-build.txt").read_text(), re.M
    )
    assert pin in (ROOT / "requirements-dev.txt").read_text().split()


def test_runs_as_an_ordinary_user(image: Stage) -> None:
    assert image.arguments("USER") == ["10001:10001"]
    names = [name for name, _ in image.instructions]
    assert "RUN" not in names[names.index("USER") :]


def test_writes_to_its_volume_only(image: Stage) -> None:
    assert image.arguments("VOLUME") == ["/var/lib/copydesk"]
    environment = " ".join(image.arguments("ENV"))
    assert "COPYDESK_STATE_DIR=/var/lib/copydesk" in environment
    assert "PYTHONDONTWRITEBYTECODE=1" in environment


def test_starts_a_worker_and_asks_after_its_health(image: Stage) -> None:
    assert json.loads(image.arguments("ENTRYPOINT")[-1]) == ["copydesk"]
    assert json.loads(image.arguments("CMD")[-1]) == ["worker"]
    (check,) = image.arguments("HEALTHCHECK")
    assert json.loads(check.partition("CMD ")[2]) == ["copydesk", "health", "--container"]


def test_the_desk_can_be_reached_from_outside(image: Stage) -> None:
    """As the worker's pages: a container's own loopback is of no use to `docker run --publish`."""
    environment = " ".join(image.arguments("ENV")).split()
    assert "COPYDESK_DESK_HOST=0.0.0.0" in environment
    ports = [each.partition("=")[2] for each in environment if each.startswith("COPYDESK_")]
    (exposed,) = image.arguments("EXPOSE")
    assert exposed.split() == ["8066", "8067"]
    assert set(exposed.split()) < set(ports)


def test_holds_no_secret(stages: list[Stage]) -> None:
    for stage in stages:
        for name in ("ENV", "ARG"):
            settings = " ".join(stage.arguments(name))
            assert not re.search(r"PASSWORD|SECRET|TOKEN|_KEY", settings, re.IGNORECASE)


def test_the_build_sees_what_it_copies_and_nothing_else(stages: list[Stage]) -> None:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    patterns = [line for line in lines if line and not line.startswith("#")]
    assert patterns[0] == "*"
    let_in = {pattern[1:] for pattern in patterns if pattern.startswith("!")}
    copied = {source for copy in stages[0].arguments("COPY") for source in copy.split()[:-1]}
    assert let_in == copied
