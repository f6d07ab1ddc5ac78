"""Build the whole demo, or nothing of it."""

from random import Random

from django.db import transaction

from resources.models import Theme
from resources.services import load_library
from schools.models import Service

from .consents import record_consents
from .copied import copy_to_record
from .desk import set_out
from .diary import Diary
from .events import record_events
from .names import Names
from .papers import hand_papers_out
from .places import PLACES, SERVICE
from .post import put_past_emails_away
from .readers import give_plans
from .set_up import set_up
from .stories import read_stories
from .time import put_time

PAST_VISITS = 8  # of each school, at scale 1
VISITS_IN_A_TERM = 6
TERMS_BEFORE = 3  # a year, and as many more as the visits need


def demo_is_there():
    """The demo is built in one transaction, so its first row means all of it."""
    return Service.objects.filter(name=SERVICE).exists()


@transaction.atomic
def build_demo(*, today, seed, progress, past_visits=PAST_VISITS):
    """Write the demo as it stands on the morning of `today`; `progress` is a home.demo.progress.Progress."""
    rng, terms_before = Random(seed), TERMS_BEFORE + past_visits // VISITS_IN_A_TERM
    with progress.step("Loading the library"):
        load_library(by=None)
    with progress.step("Opening services and schools"):
        accounts, partnerships = set_up(today, terms_before)
    themes, stories = {theme.slug: theme for theme in Theme.objects.all()}, read_stories()
    diary = Diary(today=today, rng=rng, themes=themes, names=Names(rng))
    desks = [set_out(place, partnerships[place.urn], accounts, stories, rng) for place in PLACES]
    put_time(diary, desks, accounts, past_visits)
    for desk in desks:
        diary.put_visits(desk, past_visits)
    with progress.counting("Writing visits, consultations, plans and reviews") as count:
        diary.play(count)
    for desk in desks:
        give_plans(desk, accounts)
    record_consents(accounts, today)
    record_events(accounts, today)
    copy_to_record(desks, today)
    hand_papers_out(accounts, today)
    put_past_emails_away()
