"""Addresses below /api/ that the runner answers."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from people.permissions import HasRight
from people.rights import Right

from . import approvals, connections, executions, mailbox, session, tokens


class Schema(SpectacularAPIView):
    required_right = {"get": Right.VIEW}
    permission_classes = [HasRight]


class Docs(SpectacularSwaggerView):
    required_right = {"get": Right.VIEW}
    permission_classes = [HasRight]
    url = "/api/schema/"


urlpatterns = [
    path("session/", session.Session.as_view()),
    path("executions/", executions.ExecutionList.as_view()),
    path("executions/<uuid:key>/", executions.ExecutionDetail.as_view()),
    path("executions/<uuid:key>/entries/", executions.EntryList.as_view()),
    path("executions/<uuid:key>/stop/", executions.ExecutionStop.as_view()),
    path("executions/<uuid:key>/waits/", executions.WaitList.as_view()),
    path("executions/<uuid:key>/waits/<int:frame>/<int:wait>/", executions.WaitAct.as_view()),
    path("approvals/", approvals.ApprovalList.as_view()),
    path("approvals/<uuid:key>/", approvals.ApprovalDetail.as_view()),
    path("approvals/<uuid:key>/decide/", approvals.ApprovalDecide.as_view()),
    path("approvals/<uuid:key>/send-again/", approvals.ApprovalSendAgain.as_view()),
    path("connections/", connections.ConnectionList.as_view()),
    path("connections/<uuid:key>/", connections.ConnectionDetail.as_view()),
    path("connections/<slug:key>/check/", connections.ConnectionCheck.as_view()),
    path("mailbox/", mailbox.MailList.as_view()),
    path("mailbox/<uuid:key>/", mailbox.MailDetail.as_view()),
    path("tokens/", tokens.TokenList.as_view()),
    path("tokens/<uuid:key>/", tokens.TokenDetail.as_view()),
    path("schema/", Schema.as_view()),
    path("docs/", Docs.as_view()),
]
