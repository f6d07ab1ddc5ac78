"""The chronology of clinicians has what the timeline has."""

from django.utils import timezone

from consultations import timeline
from consultations.papers.chronology import chronology
from consultations.services import hand_out, recall_share, take_back_plan


def on_paper(case, role, today, audience="clinicians"):
    """(who, what) of each line of the chronology, in order."""
    found = chronology(case, role, today, audience).blocks
    return [tuple(row[2:]) for block in found if block["kind"] == "Grid" for row in block["rows"]]


def test_the_chronology_of_clinicians_has_every_line_of_the_timeline_the_oldest_first(
    full, priya, role_of, today
):
    found = timeline.events(full, role_of(priya), on=today)
    said = on_paper(full, role_of(priya), today)
    assert [who for who, _ in said] == [event.by for event in reversed(found)]
    for (_, what), event in zip(said, reversed(found), strict=True):
        assert what.startswith(event.words.line)
    assert "Stage: parents involved. Decided by Priya. No headway" in [what for _, what in said]
    assert "Referral to Speech therapy: accepted, waiting to be seen. A wait." in [what for _, what in said]
    assert not [what for _, what in said if "Robin cries" in what or "Mondays" in what]


def test_a_plan_taken_back_or_recalled_says_so_on_the_chronology(make_plan, priya, sam, role_of, today):
    plan = make_plan("sent")
    version = plan.versions.get()
    take_back_plan(version, by=priya, at=timezone.now(), opened_version=version.version)
    other = make_plan("agreed")
    recall_share(other.shares.filter(closed_at=None).first(), by=priya, at=timezone.now())
    taken, recalled = (
        [what for _, what in on_paper(one.case, role_of(priya), today)] for one in (plan, other)
    )
    assert taken[-1] == f"Plan {plan.reference} version 1 taken back"
    assert recalled[-1] == f"Plan {other.reference} closed to the school: recalled"
    assert [on_paper(one.case, role_of(sam), today, "school") for one in (plan, other)] == [[], []]


def test_handing_out_the_chronology_of_clinicians_makes_no_other_chronology(full, priya, role_of, today):
    def paper():
        return chronology(full, role_of(priya), today, "clinicians")

    first = hand_out(full, paper(), by=priya, at=timezone.now())
    assert hand_out(full, paper(), by=priya, at=timezone.now()) == first
