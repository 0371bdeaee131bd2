"""The examples are there after the first start, and a person's change or deletion of one is respected."""

import pytest

from designer import drafts, examples
from designer.models import Workflow
from runner.models import Version
from tests.runner.api.office import Office

NAMES = ["hello-approval", "prompt-chain", "title-chooser"]


@pytest.fixture
def loaded(office: Office) -> Office:
    assert sorted(examples.load_examples()) == NAMES
    return office


def test_they_are_published_and_belong_to_the_owner(loaded: Office) -> None:
    rows = Workflow.objects.select_related("state_machine__current_revision", "owner")
    assert sorted(row.state_machine.name for row in rows) == NAMES
    assert all(row.state_machine.current_revision for row in rows)
    assert {row.owner.username for row in rows if row.owner} == {"north-owner"}


def test_the_next_start_changes_nothing(loaded: Office) -> None:
    assert examples.load_examples() == []
    assert Version.objects.count() == len(NAMES)


def test_a_persons_change_is_not_written_over(loaded: Office) -> None:
    row = Workflow.objects.get(state_machine__name=NAMES[0])
    drafts.save(row, row.draft_revision, drafts.Change(definition="{}"), "north-owner")
    # A new release brings another text.
    Workflow.objects.filter(pk=row.pk).update(example_hash="of the release before")
    assert examples.load_examples() == []
    row.refresh_from_db()
    assert row.draft_definition == "{}"


def test_a_new_release_of_an_example_replaces_the_one_nobody_touched(loaded: Office) -> None:
    row = Workflow.objects.get(state_machine__name=NAMES[0])
    old = row.draft_definition + "\n"
    Workflow.objects.filter(pk=row.pk).update(draft_definition=old, example_hash=examples.digest_of(old))
    assert examples.load_examples() == [NAMES[0]]
    row.refresh_from_db()
    assert row.draft_definition + "\n" == old


def test_one_that_was_deleted_does_not_come_back(loaded: Office) -> None:
    drafts.delete(Workflow.objects.get(state_machine__name=NAMES[0]), "north-owner")
    assert examples.load_examples() == []
    assert not Workflow.objects.filter(state_machine__name=NAMES[0]).exists()


def test_a_workflow_of_a_person_with_the_same_name_is_left_alone(office: Office) -> None:
    drafts.create(office.workspace, NAMES[0], owner=None)
    assert sorted(examples.load_examples()) == NAMES[1:]
    assert examples.load_examples() == []


def test_without_a_workspace_there_is_nothing_to_load(db: None) -> None:
    assert examples.load_examples() == []
