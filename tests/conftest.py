"""What all tests share: no network, one way to use hypothesis, and a release of the seeds that is built once."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, settings

# Before anything of Hugging Face is imported, which reads these at once: tests ask the network for nothing, and what
# `datasets` keeps goes away with them.
_CACHE = tempfile.TemporaryDirectory(prefix="cleaning-tests-")
os.environ |= {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_HOME": _CACHE.name}
os.environ["HF_DATASETS_CACHE"] = f"{_CACHE.name}/datasets"
# What a person or a CI likes to see is no part of what the commands print.
for _name in ("COLUMNS", "FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
    os.environ.pop(_name, None)

# The first run of a test may import half a minute of libraries; in CI a failure must not depend on luck.
settings.register_profile(
    "tests", deadline=None, derandomize="CI" in os.environ, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("tests")


def pytest_unconfigure() -> None:
    _CACHE.cleanup()


@dataclass(frozen=True)
class Command:
    """A command that built a release, and what it said."""

    release: Path
    result: Result


@pytest.fixture(scope="session")
def seeds_command(tmp_path_factory: pytest.TempPathFactory) -> Command:
    """Build a release of the seeds as a user does."""
    from cleaning.cli import main  # noqa: PLC0415  (after the variables above)

    release = tmp_path_factory.mktemp("seeds") / "release"
    seeds = Path(__file__).parent.parent / "seeds"
    return Command(release, CliRunner().invoke(main, ["build", str(seeds), "--output", str(release)]))


@pytest.fixture(scope="session")
def seeds_release(seeds_command: Command) -> Path:
    """Return a release of the seeds. Nobody may change it: copy it first."""
    assert seeds_command.result.exit_code == 0, seeds_command.result.output
    return seeds_command.release
