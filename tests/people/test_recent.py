"""What is remembered, and for how long."""

from __future__ import annotations

from people.recent import MOST, SECONDS, Recent


def test_a_value_is_kept_for_a_second_and_no_longer() -> None:
    now = [0.0]
    recent: Recent[str, int] = Recent(clock=lambda: now[0])
    assert recent.keep("a", 1) == 1
    now[0] = SECONDS - 0.001
    assert recent.get("a") == 1
    now[0] = SECONDS
    assert recent.get("a") is None


def test_it_never_holds_more_than_its_bound() -> None:
    recent: Recent[int, int] = Recent(clock=lambda: 0.0)
    for number in range(MOST * 3):
        recent.keep(number, number)
    assert sum(recent.get(number) is not None for number in range(MOST * 3)) <= MOST
