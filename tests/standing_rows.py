"""What the migrations write and a test that commits sweeps away: themes, the library's root, and who edits
and reviews it."""

from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.db import transaction
from wagtail.models import Collection, Locale, Page, Site

from resources.models import Theme


@transaction.atomic
def restore_standing_rows():
    """Bring back only what is missing, so a fixture may call it in every test."""
    if not Theme.objects.exists():
        import_module("resources.migrations.0002_themes").load(apps, None)
        import_module("resources.migrations.0004_squashed_0012_first_release").mark(apps, None)
    if not Page.objects.filter(depth=1).exists():
        Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
        front = Page.add_root(title="Root", slug="root").add_child(title="Welcome", slug="home")
        served = {"hostname": "localhost", "root_page": front}
        Site.objects.get_or_create(is_default_site=True, defaults=served)
    if not Collection.objects.filter(depth=1).exists():
        Collection.add_root(name="Root")
        import_module("resources.migrations.0003_library_editors").open_the_admin(apps, None)
        import_module("resources.migrations.0004_squashed_0012_first_release").open_synonyms(apps, None)
        import_module("resources.migrations.0013_library_reviewers").let_them_in(apps, None)
        import_module("resources.migrations.0014_review_before_publishing").require_review(apps, None)
