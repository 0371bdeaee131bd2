from datetime import timedelta

import pytest
from django.utils import timezone

from people.models import AuditEntry, FailedSignIns
from people.rights import Role
from people.sign_in import (
    MOST_BY_ADDRESS,
    MOST_BY_NAME,
    WINDOW,
    SignedIn,
    TooManyAttempts,
    WrongPassword,
    check_password,
)

from .conftest import Office

NOW = timezone.now()


def test_the_right_password_signs_in_and_is_recorded(office: Office) -> None:
    outcome = check_password(None, "editor@north", "right horse", address="192.0.2.1")
    assert outcome == SignedIn(office.person(Role.EDITOR))
    assert AuditEntry.objects.values_list("actor", "action", "address").get() == (
        "editor@north",
        "signed in",
        "192.0.2.1",
    )


@pytest.mark.parametrize(
    ("name", "password"), [("editor@north", "wrong"), ("nobody", "right horse"), ("", "")]
)
def test_a_wrong_name_and_a_wrong_password_look_the_same(office: Office, name: str, password: str) -> None:
    assert check_password(None, name, password, address="192.0.2.1") == WrongPassword()


def test_guessing_is_stopped_even_for_the_right_password_until_the_window_is_over(office: Office) -> None:
    for _ in range(MOST_BY_NAME):
        assert check_password(None, "editor@north", "x", address="192.0.2.1", now=NOW) == WrongPassword()
    soon = NOW + timedelta(minutes=5)
    stopped = check_password(None, "editor@north", "right horse", address="192.0.2.1", now=soon)
    assert stopped == TooManyAttempts(600)
    later = check_password(None, "editor@north", "right horse", address="192.0.2.1", now=NOW + WINDOW)
    assert isinstance(later, SignedIn)


def test_the_person_can_still_sign_in_from_elsewhere_while_somebody_guesses(office: Office) -> None:
    for _ in range(MOST_BY_NAME + 1):
        check_password(None, "editor@north", "x", address="192.0.2.1")
    assert isinstance(check_password(None, "editor@north", "right horse", address="192.0.2.99"), SignedIn)


def test_one_address_cannot_try_many_names(office: Office) -> None:
    for number in range(MOST_BY_ADDRESS):
        check_password(None, f"name{number}", "x", address="192.0.2.1")
    outcome = check_password(None, "editor@north", "right horse", address="192.0.2.1")
    assert isinstance(outcome, TooManyAttempts)


def test_signing_in_forgives_what_was_mistyped(office: Office) -> None:
    for _ in range(MOST_BY_NAME - 1):
        check_password(None, "editor@north", "x", address="192.0.2.1")
    check_password(None, "editor@north", "right horse", address="192.0.2.1")
    assert check_password(None, "editor@north", "x", address="192.0.2.1") == WrongPassword()


def test_neither_names_nor_passwords_stand_in_the_counters(office: Office) -> None:
    check_password(None, "editor@north", "my other password", address="192.0.2.1")
    kept = repr(list(FailedSignIns.objects.values())) + repr(list(AuditEntry.objects.values("details")))
    assert "editor" not in kept
    assert "my other password" not in kept
