"""The review page: for people without an account, on a phone, without a script.

GET and HEAD show, POST decides. The link itself is the right to answer, so the pages are never
cached, indexed, framed or named in a Referer.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from people.models import User
from runner.models import Recipient

from . import decide, words
from .presentation import Entered, show
from .tokens import find_recipient
from .voters import BY_LINK, Voter, by_link, why_not

_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
}
_View = Callable[..., HttpResponseBase]


class _LinkCsrf(CsrfViewMiddleware):
    """Django's check of the form's token, without its check of the origin.

    Under `Referrer-Policy: no-referrer` browsers send `Origin: null` with a form of our own. The token
    in the form and the cookie must match all the same.
    """

    def _origin_verified(self, request: HttpRequest) -> bool:
        return request.headers.get("Origin") == "null" or super()._origin_verified(request)  # type: ignore[misc]

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        message = "This page was open for too long, or cookies are off. Open the link again and answer there."
        return _page(request, "notice", {"title": "Your answer did not arrive", "message": message}, 403)


def _private(view: _View) -> _View:
    @wraps(view)
    def wrapped(request: HttpRequest, token: str) -> HttpResponseBase:
        response = view(request, token)
        for name, value in _HEADERS.items():
            response.headers[name] = value
        return response

    return wrapped


@csrf_exempt
@_private
@decorator_from_middleware(_LinkCsrf)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, token: str) -> HttpResponse:
    """Show the question, or take the answer; afterwards, what was answered."""
    recipient = find_recipient(token)
    if recipient is None:
        return _unknown(request)
    voter = _voter(request, recipient)
    if request.method == "POST":
        return _answer(request, recipient, voter)
    return _show(request, recipient, voter, timezone.now())


def _show(request: HttpRequest, recipient: Recipient, voter: Voter, now: datetime) -> HttpResponse:
    over = decide.why_over(recipient.approval, now)
    own = recipient.approval.votes.filter(voter=voter.key).first()
    if isinstance(over, decide.AlreadyDecided) and own is not None:
        decision = over.decision
        message = f"Your answer is recorded. Decided by {decision.by} on {words.moment(decision.at)}."
        return _receipt(
            request, recipient, now, decision.label, message, comment=decision.comment, is_decided=True
        )
    if over is not None:
        return _over(request, recipient, over, now, status=200)
    if own is not None:
        message = f"You answered “{own.label}” on {words.moment(own.at)}."
        return _receipt(request, recipient, now, "Your answer is recorded", message, comment=own.comment)
    reason = why_not(recipient.approval, voter)
    if reason is not None:
        return _page(request, "notice", {"title": recipient.approval.question, "message": reason}, 403)
    return _form(request, recipient, now)


def _answer(request: HttpRequest, recipient: Recipient, voter: Voter) -> HttpResponse:
    now = timezone.now()
    choice = request.POST.get("answer", "")
    comment = request.POST.get("comment", "")
    names = [str(field["Name"]) for field in recipient.approval.fields]
    fields = {name: request.POST.get(f"field.{name}", "") for name in names}
    result = decide.decide(
        recipient.approval, voter=voter, choice=choice, comment=comment, fields=fields, how=BY_LINK, now=now
    )
    match result:
        case decide.Decided() | decide.Counted():
            return HttpResponseRedirect(request.path, status=303)
        case decide.AlreadyDecided() | decide.Over():
            return _over(request, recipient, result, now, status=409)
        case decide.AlreadyVoted(label, at):
            message = f"You already answered “{label}” on {words.moment(at)}. An answer cannot be changed."
            return _receipt(request, recipient, now, "Your answer was recorded before", message, status=409)
        case decide.NotAllowed(reason):
            return _page(request, "notice", {"title": recipient.approval.question, "message": reason}, 403)
        case decide.Invalid(errors):
            return _form(request, recipient, now, Entered(choice, comment, fields, errors), status=422)


def _form(
    request: HttpRequest,
    recipient: Recipient,
    now: datetime,
    entered: Entered | None = None,
    status: int = 200,
) -> HttpResponse:
    get_token(request)  # sets the cookie that the form's token is checked against
    shown = show(recipient, now, entered)
    return _page(request, "open", {"shown": shown, "entered": entered or Entered()}, status)


def _over(
    request: HttpRequest,
    recipient: Recipient,
    over: decide.AlreadyDecided | decide.Over,
    now: datetime,
    *,
    status: int,
) -> HttpResponse:
    match over:
        case decide.AlreadyDecided(decision):
            by = f"Already decided by {decision.by} on {words.moment(decision.at)}."
            return _receipt(
                request,
                recipient,
                now,
                decision.label,
                by,
                comment=decision.comment,
                status=status,
                is_decided=True,
            )
        case decide.Over(state) if state == "EXPIRED":
            when = words.moment(recipient.approval.expires_at)
            message = f"The time to answer ended on {when}. Nobody had decided by then."
            return _receipt(
                request, recipient, now, "Too late to answer", message, status=status, is_late=True
            )
        case _:
            message = "The run has gone on or was stopped, so there is nothing left to decide."
            return _receipt(request, recipient, now, "No answer is needed any more", message, status=status)


def _receipt(
    request: HttpRequest,
    recipient: Recipient,
    now: datetime,
    heading: str,
    message: str,
    *,
    comment: str = "",
    status: int = 200,
    is_decided: bool = False,
    is_late: bool = False,
) -> HttpResponse:
    shown = show(recipient, now)
    values = {
        "shown": shown,
        "heading": heading,
        "chosen": shown.answer(recipient.approval.choice) if is_decided else None,
        "message": message,
        "comment": comment,
        "is_decided": is_decided,
        "is_late": is_late,
        "is_open": recipient.approval.status == "OPEN" and not is_late,
    }
    return _page(request, "receipt", values, status)


def _unknown(request: HttpRequest) -> HttpResponse:
    message = (
        "It is not complete, or a newer mail has replaced it. "
        "Use the link in the newest mail about this question, or ask the sender for another."
    )
    return _page(request, "notice", {"title": "This link does not work", "message": message}, 404)


def _page(request: HttpRequest, name: str, values: dict[str, object], status: int) -> HttpResponse:
    return render(request, f"runner/approvals/{name}.html", values, status=status)


def _voter(request: HttpRequest, recipient: Recipient) -> Voter:
    user = getattr(request, "user", None)
    return by_link(
        recipient,
        signed_in=user if isinstance(user, User) and user.is_authenticated else None,
        address=request.META.get("REMOTE_ADDR", ""),
        user_agent=request.headers.get("User-Agent", ""),
    )
