"""The stand-ins: declared as the images that they stand for; their scripts can be read."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.containers.stack import images
from tests.deploy.dockerfile import read_stages
from tests.deploy.test_compose import VOLUMES

HERE = Path(__file__).resolve().parent
SCRIPTS = [HERE / "with_engine.sh", *sorted((HERE / "stand_ins").glob("*.sh"))]
STAND_INS = {"kafka": "apache/kafka", "prometheus": "prom/prometheus"}


@pytest.mark.parametrize("name", STAND_INS)
def test_it_declares_the_volumes_of_its_image(name: str) -> None:
    (stage,) = read_stages(HERE / "stand_ins" / f"{name}.Dockerfile")
    declared = " ".join(stage.arguments("VOLUME"))
    assert sorted(re.findall(r"/[\w/]+", declared)) == sorted(VOLUMES[STAND_INS[name]])
    assert images()[name].startswith(f"{STAND_INS[name]}:")


def test_each_says_that_it_is_one() -> None:
    for path in (HERE / "stand_ins").glob("*.Dockerfile"):
        (stage,) = read_stages(path)
        assert stage.arguments("LABEL") == ["stand-in=true"], path.name


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: str(path.name))
def test_a_script_can_be_read(script: Path) -> None:
    assert script.stat().st_mode & 0o111
    run = subprocess.run(["bash", "-n", str(script)], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("script", SCRIPTS[:1] + SCRIPTS[-1:], ids=lambda path: str(path.name))
def test_a_script_without_words_says_how_it_is_called(script: Path) -> None:
    run = subprocess.run([str(script)], capture_output=True, text=True)
    assert run.returncode == 2
    assert f"tests/containers/{script.relative_to(HERE)} FOLDER" in run.stderr
