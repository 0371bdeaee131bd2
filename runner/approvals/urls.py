"""`/r/<token>`."""

from django.urls import path

from .views import review

urlpatterns = [path("<str:token>", review, name="review"), path("<str:token>/", review)]
