"""Addresses below /api/ that the designer answers."""

from django.urls import path

from . import palette, workflows

urlpatterns = [
    path("workflows/", workflows.WorkflowList.as_view()),
    path("workflows/<uuid:key>/", workflows.WorkflowDetail.as_view()),
    path("workflows/<uuid:key>/publish/", workflows.WorkflowPublish.as_view()),
    path("workflows/<uuid:key>/versions/", workflows.VersionList.as_view()),
    path("workflows/<uuid:key>/executions/", workflows.WorkflowExecutions.as_view()),
    path("definitions/validate/", palette.DefinitionValidate.as_view()),
    path("catalog/", palette.Catalog.as_view()),
    path("templates/", palette.Templates.as_view()),
]
