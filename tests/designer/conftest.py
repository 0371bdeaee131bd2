import pytest

from runner.revisions import compiled
from tests.runner.api.office import Furnished, Office, furnish, open_office


@pytest.fixture
def office(db: None) -> Office:
    compiled.cache_clear()  # a rolled-back test gives its ids to the next one
    return open_office("111111111111", "north")


@pytest.fixture
def north(office: Office) -> Furnished:
    return furnish(office)


@pytest.fixture
def south(db: None) -> Furnished:
    return furnish(open_office("222222222222", "south"))
