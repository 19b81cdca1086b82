"""A checkpoint that an earlier version wrote is not used where its signatures are of another
version; the shard is restored from the log, which has all of it."""

from pathlib import Path

from service.fold.state.window import WindowLimits
from tests.goldens.earlier_state import FOLDER, further, go_on_from_log, held, unpack
from tests.goldens.saved_state import open_shard, small_segments


def test_a_checkpoint_with_signatures_of_an_earlier_version_is_given_up(tmp_path: Path) -> None:
    unpack(FOLDER, tmp_path)
    with small_segments():
        checkpoint, shard = open_shard(tmp_path, WindowLimits())
        assert held(checkpoint, shard) == {
            "articles": 0,
            "stories": 0,
            "clock": 0.0,
            "segments": [],
            "position": None,
        }
        checkpoint.close()


def test_what_follows_is_folded_on_the_state_that_the_log_has() -> None:
    made = go_on_from_log(FOLDER)
    assert len(made) == len(further(FOLDER))
    assert all(made)
