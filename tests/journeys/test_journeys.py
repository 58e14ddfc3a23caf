"""Every journey of the features beside this file, told in Chinese, played over real HTTP by real consoles."""

from pathlib import Path

from pytest_bdd import scenarios

pytest_plugins = (
    "tests.journeys.steps_setting",
    "tests.journeys.steps_call",
    "tests.journeys.steps_desk",
    "tests.journeys.steps_hotline",
    "tests.journeys.steps_outcome",
    "tests.journeys.steps_link",
    "tests.journeys.steps_seen",
)

scenarios(str(Path(__file__).parent))
