import pytest

from .world import Run


@pytest.fixture
def run(db: None) -> Run:
    return Run()
