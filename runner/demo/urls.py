"""Below /demo/."""

from django.urls import path

from . import views

urlpatterns = [
    path("transcripts", views.start_transcript, name="demo-start-transcript"),
    path("transcripts/<str:name>", views.transcript, name="demo-transcript"),
]
