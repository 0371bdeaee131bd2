"""Addresses below /api/ that the designer answers."""

from django.urls import path

from . import configuration, drafts, imports, palette, running, testing, trials, trying, versions, workflows

urlpatterns = [
    path("workflows/", workflows.WorkflowList.as_view()),
    path("workflows/<uuid:key>/", workflows.WorkflowDetail.as_view()),
    path("workflows/<uuid:key>/draft/", drafts.WorkflowDraft.as_view()),
    path("workflows/<uuid:key>/publish/", running.WorkflowPublish.as_view()),
    path("workflows/<uuid:key>/versions/", versions.VersionList.as_view()),
    path("workflows/<uuid:key>/versions/<int:number>/", versions.VersionDetail.as_view()),
    path("workflows/<uuid:key>/configuration/", configuration.WorkflowConfiguration.as_view()),
    path("workflows/<uuid:key>/aliases/", versions.AliasList.as_view()),
    path("workflows/<uuid:key>/aliases/<str:name>/", versions.AliasDetail.as_view()),
    path("workflows/<uuid:key>/executions/", running.WorkflowExecutions.as_view()),
    path("workflows/<uuid:key>/sample/", trying.StateSample.as_view()),
    path("workflows/<uuid:key>/last-run/", trials.LastRun.as_view()),
    path("expressions/evaluate/", trying.ExpressionEvaluate.as_view()),
    path("test-state/", testing.StateTest.as_view()),
    path("definitions/validate/", palette.DefinitionValidate.as_view()),
    path("definitions/review/", imports.DefinitionReview.as_view()),
    path("definitions/fetch/", imports.DefinitionFetch.as_view()),
    path("asl-schema/", palette.AslSchema.as_view()),
    path("catalog/", palette.Catalog.as_view()),
    path("catalog/aws/", palette.AwsActions.as_view()),
    path("catalog/aws/<slug:service>/<slug:action>/", palette.AwsAction.as_view()),
    path("templates/", palette.Templates.as_view()),
]
