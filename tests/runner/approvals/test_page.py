"""The review page as a phone, a mail scanner and a stranger see it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from runner.approvals import sending
from runner.approvals.tokens import find_recipient, link_of, token_of
from runner.models import Approval, Recipient, Vote

from .world import TITLES, Run, page_of, recipient_of

JONAS, ANA = "jonas@example.org", "ana@example.org"


@pytest.fixture
def phone() -> Client:
    return Client(enforce_csrf_checks=True)


def send(phone: Client, page: str, **form: str) -> "Client.response_class":  # type: ignore[name-defined]
    """Open the page, take the form's token from it, and send the form as a browser does."""
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', phone.get(page).content.decode())
    token = found[1] if found else "none"
    return phone.post(page, {"csrfmiddlewaretoken": token, **form}, headers={"Origin": "null"})


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_opening_the_page_any_number_of_times_decides_nothing(run: Run, phone: Client) -> None:
    approval = run.ask()
    page = page_of(approval)
    before = Recipient.objects.values().get()
    for _ in range(3):
        assert phone.get(page).status_code == 200
        assert phone.head(page).status_code == 200
        # What the tutorial's links looked like; a scanner follows those.
        assert phone.get(f"{page}?answer=approve&decide=1").status_code == 200
    approval.refresh_from_db()
    assert approval.status == "OPEN"
    assert Recipient.objects.values().get() == before
    assert Vote.objects.count() == 0


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_other_methods_are_refused(run: Run, phone: Client, method: str) -> None:
    assert getattr(phone, method)(page_of(run.ask())).status_code in (403, 405)
    assert Vote.objects.count() == 0


def test_the_page_shows_the_question_who_asks_until_when_and_the_answers(run: Run, phone: Client) -> None:
    approval = run.ask(
        choices=TITLES,
        details={"Title A": "The lamps", "Title B": "One night", "What the video says": "It is four. " * 20},
    )
    shown = text(phone.get(page_of(approval)))
    assert "<h1>Which title for “Harbour at night”?</h1>" in shown
    assert "Maya Okafor asks." in shown
    assert re.search(r"\w{3} \d+ \w{3} \d{4}, \d\d:\d\d UTC</b>, .*in 2 days 23 hours", shown)
    assert '<span class="from">Title A</span><span class="what">The lamps</span>' in shown
    assert "You are asked once more, in about a minute." in shown
    assert "What the video says" in shown
    assert "at Northwind Studio" in shown


def test_no_answer_is_chosen_beforehand_and_no_script_is_there(run: Run, phone: Client) -> None:
    shown = text(phone.get(page_of(run.ask())))
    assert " checked" not in shown
    assert "<script" not in shown
    assert " style=" not in shown
    assert "http://" not in shown.replace("http://www.w3.org", "")


def test_a_reviewer_never_reads_our_own_words(run: Run, phone: Client) -> None:
    shown = re.sub(r"<[^>]*>", " ", text(phone.get(page_of(run.ask()))))
    for word in ("state", "token", "execution", "workflow", "Choose a title"):
        assert not re.search(rf"\b{word}\b", shown), word


def test_the_page_is_not_kept_indexed_framed_nor_named_to_others(run: Run, phone: Client) -> None:
    page = page_of(run.ask())
    for response in (phone.get(page), phone.get("/r/none"), phone.post(page), send(phone, page)):
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response.headers["X-Robots-Tag"]
        assert response.headers["X-Frame-Options"] == "DENY"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy


def test_an_answer_is_recorded_and_answered_by_a_receipt(run: Run, phone: Client) -> None:
    approval = run.ask(choices=TITLES)
    page = page_of(approval)
    response = send(phone, page, answer="b", comment="Calmer.")
    assert (response.status_code, response.headers["Location"]) == (303, page)
    receipt = text(phone.get(page))
    assert "Your answer is recorded." in receipt
    assert "Title B" in receipt
    assert "Calmer." in receipt
    approval.refresh_from_db()
    assert (approval.status, approval.choice) == ("DECIDED", "b")


def test_the_same_answer_sent_again_says_that_it_is_recorded_and_never_that_the_link_expired(
    run: Run, phone: Client
) -> None:
    approval = run.ask()
    page = page_of(approval)
    form = {
        "csrfmiddlewaretoken": re.search(r'value="(\w{64})"', text(phone.get(page)))[1],  # type: ignore[index]
        "answer": "approve",
    }
    assert phone.post(page, form).status_code == 303
    Approval.objects.update(expires_at=timezone.now() - timedelta(days=1))
    again = phone.post(page, form)
    assert again.status_code == 409
    assert re.search(rf"Already decided by {JONAS} on \w+ \d+ \w+ \d+, \d\d:\d\d UTC", text(again))
    assert Vote.objects.count() == 1


def test_whoever_comes_later_reads_who_decided_and_when(run: Run, phone: Client) -> None:
    approval = run.ask(JONAS, ANA)
    send(phone, page_of(approval, JONAS), answer="reject", comment="Not yet")
    for response in (
        Client().get(page_of(approval, ANA)),
        send(Client(), page_of(approval, ANA), answer="approve"),
    ):
        assert f"Already decided by {JONAS} on" in text(response)
        assert "Reject" in text(response)
    approval.refresh_from_db()
    assert approval.choice == "reject"


def test_a_form_without_its_token_decides_nothing(run: Run, phone: Client) -> None:
    page = page_of(run.ask())
    phone.get(page)
    for form in ({"answer": "approve"}, {"answer": "approve", "csrfmiddlewaretoken": "x" * 64}):
        response = phone.post(page, form)
        assert response.status_code == 403
        assert "Your answer did not arrive" in text(response)
    assert Vote.objects.count() == 0


def test_a_form_sent_by_another_site_decides_nothing(run: Run, phone: Client) -> None:
    page = page_of(run.ask())
    token = re.search(r'value="(\w{64})"', text(phone.get(page)))[1]  # type: ignore[index]
    form = {"answer": "approve", "csrfmiddlewaretoken": token}
    assert phone.post(page, form, headers={"Origin": "https://evil.example"}).status_code == 403
    assert Vote.objects.count() == 0


def test_a_form_without_an_answer_is_shown_again_with_what_was_written(run: Run, phone: Client) -> None:
    response = send(phone, page_of(run.ask()), comment="Half a thought")
    assert response.status_code == 422
    assert "Choose one of the answers." in text(response)
    assert "Half a thought" in text(response)
    assert Vote.objects.count() == 0


def test_a_required_comment_and_fields_are_asked_for_by_name(run: Run, phone: Client) -> None:
    fields = (
        {"Name": "Draft", "Label": "The text", "Type": "textarea", "Required": True, "Default": "Once upon"},
        {"Name": "Tone", "Type": "select", "Options": ["dry", "warm"]},
        {"Name": "Sure", "Type": "boolean", "Label": "I have read it", "Required": True},
    )
    approval = run.ask(fields=fields, comment="required")
    page = page_of(approval)
    assert "Once upon" in text(phone.get(page))
    response = send(phone, page, answer="approve", **{"field.Draft": "", "field.Tone": "warm"})
    shown = text(response)
    assert response.status_code == 422
    assert "This has to be filled in." in shown
    assert "This has to be ticked." in shown
    assert "Say why" in shown
    assert "<option selected>warm</option>" in shown
    done = {"field.Draft": "Edited", "field.Tone": "warm", "field.Sure": "true", "comment": "Good"}
    assert send(phone, page, answer="approve", **done).status_code == 303
    approval.refresh_from_db()
    assert approval.decision_fields == {"Draft": "Edited", "Tone": "warm", "Sure": True}


def test_an_expired_question_says_so_in_the_same_shape(run: Run, phone: Client) -> None:
    approval = run.ask()
    Approval.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    page = page_of(approval)
    shown = phone.get(page)
    assert shown.status_code == 200
    assert "Too late to answer" in text(shown)
    assert "<form" not in text(shown)
    phone.get(page_of(run.ask()))
    late = phone.post(page, {"answer": "approve", "csrfmiddlewaretoken": phone.cookies["csrftoken"].value})
    assert late.status_code == 409
    assert Vote.objects.count() == 0


def test_a_question_that_was_withdrawn_says_that_no_answer_is_needed(run: Run, phone: Client) -> None:
    approval = run.ask()
    Approval.objects.update(status="WITHDRAWN")
    assert "No answer is needed any more" in text(phone.get(page_of(approval)))


def test_a_link_that_was_sent_again_kills_the_one_before(run: Run, phone: Client) -> None:
    approval = run.ask()
    old = page_of(approval)
    assert sending.send_again(approval, run.now) == 1
    new = page_of(approval)
    assert new != old
    assert phone.get(old).status_code == 404
    assert phone.get(new).status_code == 200
    assert phone.post(old, {"answer": "approve"}).status_code in (403, 404)
    assert Vote.objects.count() == 0


def test_a_dead_link_and_a_made_up_one_give_the_same_page(run: Run, phone: Client) -> None:
    approval = run.ask()
    old = page_of(approval)
    sending.send_again(approval, run.now)
    pages = {
        text(phone.get(path))
        for path in (old, "/r/none", "/r/1-" + "A" * 43, "/r/" + "z" * 13 + "-" + "A" * 43, f"{old}A")
    }
    assert len(pages) == 1
    assert "This link does not work" in pages.pop()


def test_the_same_row_gives_the_same_link_after_a_crash(run: Run) -> None:
    recipient = recipient_of(run.ask())
    assert token_of(recipient) == token_of(Recipient.objects.get(pk=recipient.pk))
    assert link_of(recipient).endswith(token_of(recipient))
    found = find_recipient(token_of(recipient))
    assert found == recipient


def test_no_part_of_a_link_can_be_changed(run: Run) -> None:
    one, two = recipient_of(run.ask()), recipient_of(run.ask())
    number, proof = token_of(one).split("-", 1)
    other = token_of(two).split("-", 1)[0]
    flipped = ("B" if proof[0] == "A" else "A") + proof[1:]
    for forged in (f"{other}-{proof}", f"{number}-{flipped}", number, f"{number}-", proof, ""):
        assert find_recipient(forged) is None


def test_a_link_cannot_be_made_from_another_secret_key(run: Run, settings: object) -> None:
    token = token_of(recipient_of(run.ask()))
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]
    assert find_recipient(token) is None


def test_what_a_model_wrote_is_shown_as_text(run: Run, phone: Client) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    approval = run.ask(
        question=hostile,
        details={hostile: hostile, "Long": hostile * 10, "Data": {"x": hostile}},
        choices=({"Value": "a", "Label": hostile, "Description": hostile}, {"Value": hostile, "Label": "B"}),
        fields=({"Name": "f", "Label": hostile, "Default": hostile, "Description": hostile},),
    )
    shown = text(phone.get(page_of(approval)))
    assert "<script" not in shown
    assert "<img" not in shown
    assert shown.count("&lt;script&gt;") > 10


def test_a_vote_of_several_is_thanked_for_and_the_others_are_awaited(run: Run, phone: Client) -> None:
    approval = run.ask(JONAS, ANA, "lee@example.org", choices=TITLES, votes_needed=2)
    page = page_of(approval)
    assert "Two votes of three people are needed; nobody has answered yet." in text(phone.get(page))
    assert send(phone, page, answer="a").status_code == 303
    receipt = text(phone.get(page))
    assert "Your answer is recorded" in receipt
    assert "one has answered so far" in receipt
    assert "Title A" in text(Client().get(page_of(approval, ANA)))
    again = phone.post(page, {"answer": "b", "csrfmiddlewaretoken": phone.cookies["csrftoken"].value})
    assert again.status_code == 409
    assert "You already answered" in text(again)


def test_a_short_list_of_what_it_is_about_is_open_and_a_long_or_nested_one_is_folded(
    run: Run, phone: Client
) -> None:
    about = text(phone.get(page_of(run.ask(details=["The lamps", "One night"]))))
    assert '<details class="what-about" open>' in about
    assert "• The lamps" in about
    for details in (["It is four. " * 60], [{"Title": "The lamps"}]):
        assert '<details class="what-about">' in text(phone.get(page_of(run.ask(details=details))))
