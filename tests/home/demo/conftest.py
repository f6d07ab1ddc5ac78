"""The demo is built once for this folder, small and dated around a fixed day, and rolled back at the end."""

from io import StringIO

import pytest
from django.core.management.base import OutputWrapper
from django.db import transaction

from consultations.models import Plan
from home.demo import build_demo
from home.demo.progress import Progress
from tests.standing_rows import restore_standing_rows

from .scale import ENOUGH, TODAY


@pytest.fixture(scope="package")
def demo(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        restore_standing_rows()
        silent = Progress(OutputWrapper(StringIO()))
        build_demo(today=TODAY, seed=1, progress=silent, past_visits=ENOUGH)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def quillbrook_plans(demo):
    return Plan.objects.with_status().filter(partnership__school__name="Quillbrook Primary School")
