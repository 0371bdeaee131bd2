"""What a trial tried stands in its revision; it stood among the places of the states."""

from django.db import migrations


def move(apps, schema_editor):
    layouts = apps.get_model("designer", "RevisionLayout").objects.filter(layout__has_key="trial")
    for kept in layouts.select_related("revision").iterator():
        kept.revision.trial = kept.layout.pop("trial")
        kept.revision.save(update_fields=["trial"])
        kept.save(update_fields=["layout"])


def move_back(apps, schema_editor):
    layouts = apps.get_model("designer", "RevisionLayout").objects.filter(revision__trial__isnull=False)
    for kept in layouts.select_related("revision").iterator():
        kept.layout["trial"] = kept.revision.trial
        kept.save(update_fields=["layout"])


class Migration(migrations.Migration):
    dependencies = [("designer", "0001_initial"), ("runner", "0007_revision_trial")]

    operations = [migrations.RunPython(move, move_back)]
