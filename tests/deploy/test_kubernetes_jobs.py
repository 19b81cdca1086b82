"""What runs once in Kubernetes: the topics' Job, and the form for a replay."""

import pytest
from click.testing import CliRunner

from service.cli.main import main
from tests.deploy.manifests import Manifest, container, manifests, of_kind, pod

ALL = manifests()
(TOPICS,) = of_kind(ALL, "Job")
(REPLAY,) = of_kind(ALL, "CronJob")


def secrets(workload: Manifest) -> set[str]:
    """The secrets that a workload's variables come from."""
    return {
        each["valueFrom"]["secretKeyRef"]["name"]
        for each in container(workload)["env"]
        if "valueFrom" in each
    }


@pytest.mark.parametrize("workload", [TOPICS, REPLAY], ids=["topics", "replay"])
def test_each_runs_a_command_that_there_is(workload: Manifest) -> None:
    """With `--help` in addition, so that the options are read and nothing runs."""
    said = CliRunner().invoke(main, [*container(workload)["args"], "--help"])
    assert said.exit_code == 0, said.output
    assert pod(workload)["restartPolicy"] == "Never"


def test_each_has_an_account_of_its_own() -> None:
    """Not the workers': one may create topics, the other may write an operator's decisions."""
    assert secrets(TOPICS) == {"copydesk-kafka-admin"}
    assert secrets(REPLAY) == {"copydesk-kafka-replay"}


def test_the_topics_job_goes_away_and_can_be_applied_again() -> None:
    """A Job that is there cannot be changed, and each change of the settings would change it."""
    assert TOPICS["spec"]["ttlSecondsAfterFinished"] <= 600
    assert container(TOPICS)["args"] == ["topics", "--create"]


def test_a_replay_never_runs_by_itself_nor_twice() -> None:
    assert REPLAY["spec"]["suspend"] is True
    assert REPLAY["spec"]["jobTemplate"]["spec"]["backoffLimit"] == 0
    assert container(REPLAY)["args"] == ["replay", "--dry-run"]
