"""Addresses below /api/ that the runner answers."""

from django.urls import path

from . import (
    access_keys,
    activities,
    approvals,
    connections,
    executions,
    mailbox,
    schema,
    session,
    tasks,
    tokens,
)

urlpatterns = [
    path("session/", session.Session.as_view()),
    path("executions/", executions.ExecutionList.as_view()),
    path("executions/<uuid:key>/", executions.ExecutionDetail.as_view()),
    path("executions/<uuid:key>/entries/", executions.EntryList.as_view()),
    path("executions/<uuid:key>/stop/", executions.ExecutionStop.as_view()),
    path("executions/<uuid:key>/redrive/", executions.ExecutionRedrive.as_view()),
    path("executions/<uuid:key>/waits/", executions.WaitList.as_view()),
    path("executions/<uuid:key>/waits/<int:frame>/<int:wait>/", executions.WaitAct.as_view()),
    path("approvals/", approvals.ApprovalList.as_view()),
    path("approvals/<uuid:key>/", approvals.ApprovalDetail.as_view()),
    path("approvals/<uuid:key>/decide/", approvals.ApprovalDecide.as_view()),
    path("approvals/<uuid:key>/send-again/", approvals.ApprovalSendAgain.as_view()),
    path("connections/", connections.ConnectionList.as_view()),
    path("connections/<slug:key>/", connections.ConnectionDetail.as_view()),
    path("connections/<slug:key>/check/", connections.ConnectionCheck.as_view()),
    path("activities/", activities.ActivityList.as_view()),
    path("activities/<str:name>/", activities.ActivityDetail.as_view()),
    path("tasks/succeed/", tasks.TaskSucceed.as_view()),
    path("tasks/fail/", tasks.TaskFail.as_view()),
    path("tasks/heartbeat/", tasks.TaskHeartbeat.as_view()),
    path("mailbox/", mailbox.MailList.as_view()),
    path("mailbox/<uuid:key>/", mailbox.MailDetail.as_view()),
    path("tokens/", tokens.TokenList.as_view()),
    path("tokens/<uuid:key>/", tokens.TokenDetail.as_view()),
    path("access-keys/", access_keys.AccessKeyList.as_view()),
    path("access-keys/<slug:key>/", access_keys.AccessKeyDetail.as_view()),
    path("schema/", schema.Schema.as_view()),
    path("docs/", schema.Docs.as_view()),
]
