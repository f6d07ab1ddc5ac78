"""Papers that are handed out: frozen, counted, the same for the same words, closed with what they repeat."""

from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import Reading
from accounts.services import save_tracked
from consultations.models import Paper, PaperShare, Share
from consultations.papers.plan import plan_to_hand_out
from consultations.services import hand_out, recall_share, share_consultation
from tests.cost import AT_MOST, cost
from tests.filling import main_text, parsed
from tests.handing_out import hand_out_as_read


@pytest.fixture
def plan(make_plan, make_review):
    plan = make_plan("agreed")
    goal = plan.versions.get().goals.get()
    make_review(plan, ratings={goal: 5}, note="Mondays are hard.")
    return plan


def hand_out_url(plan):
    return reverse("consultations:plan-hand-out", args=[plan.reference])


def paper_url(plan):
    return reverse("consultations:plan-paper", args=[plan.reference])


def pdf_of(client, paper):
    page = client.get(f"{paper.get_absolute_url()}paper.pdf")
    assert page.status_code == 200
    return page, " ".join(PdfReader(BytesIO(page.content)).pages[0].extract_text().split())


def test_link_staff_hand_a_plan_out_and_are_led_to_it(client, sign_in, sam, plan, service):
    page = hand_out_as_read(sign_in(client, sam), paper_url(plan), follow=True)
    paper = Paper.objects.get()
    assert page.redirect_chain == [(paper.get_absolute_url(), 302)]
    assert (paper.number, paper.kind, paper.audience, paper.service) == (1, "plan", "school", service)
    assert (paper.plan_version, paper.made_by) == (plan.versions.get(), sam)
    assert (paper.from_whom, paper.label) == (service.name, service.paper_label)
    text = main_text(page)
    assert "Paper 1 of Willowmere CAMHS in Schools, handed out on" in text
    assert "Mondays are hard." in text


def test_it_rests_on_every_text_that_it_repeats(client, sign_in, sam, plan):
    hand_out_as_read(sign_in(client, sam), paper_url(plan))
    rests_on = set(PaperShare.objects.values_list("share__plan_version", "share__audience"))
    assert rests_on == {(plan.versions.get().pk, "link_staff")}


def test_the_button_pressed_again_or_by_somebody_else_is_the_same_paper(client, sign_in, sam, priya, plan):
    for person in (sam, sam, priya):
        hand_out_as_read(sign_in(client, person), paper_url(plan))
    assert list(Paper.objects.values_list("number", "made_by")) == [(1, sam.pk)]


def test_other_words_are_the_next_number(client, sign_in, sam, plan, make_review):
    hand_out_as_read(sign_in(client, sam), paper_url(plan))
    make_review(plan)
    hand_out_as_read(client, paper_url(plan))
    hand_out_as_read(client, paper_url(plan), {"request": "1"})
    assert sorted(Paper.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_a_paper_keeps_what_it_said(client, sign_in, sam, priya, plan, make_review, service):
    hand_out_as_read(sign_in(client, sam), paper_url(plan))
    paper = Paper.objects.get()
    client.get(paper.get_absolute_url())  # takes the message off
    before = main_text(client.get(paper.get_absolute_url()))
    make_review(plan, note="canary-later")
    service.what_a_plan_is = "canary-service"
    save_tracked(service, by=priya, reason="Said it better")
    assert main_text(client.get(paper.get_absolute_url())) == before
    assert "canary" not in pdf_of(client, paper)[1]


def test_nobody_rewrites_it_or_takes_it_away(client, sign_in, sam, plan):
    hand_out_as_read(sign_in(client, sam), paper_url(plan))
    paper = Paper.objects.get()
    paper.blocks = []
    with pytest.raises(ValueError, match="frozen: blocks cannot change"):
        paper.save()
    with pytest.raises(ValueError, match="frozen"):
        paper.delete()
    with pytest.raises(ValueError, match="frozen"):
        PaperShare.objects.get().delete()


def test_numbers_are_counted_in_each_service_by_itself(
    client, sign_in, sam, noor, plan, make_plan, make_visit, make_consultation, other_service_school, role_of
):
    hand_out_as_read(sign_in(client, sam), paper_url(plan))
    visit = make_visit(other_service_school, noor, started=True)
    other = make_plan("sent", consultation=make_consultation(visit=visit), by=noor)
    hand_out_as_read(sign_in(client, noor), paper_url(other))
    assert sorted(Paper.objects.values_list("service__name", "number")) == [
        ("Saltmarsh Schools Link", 1),
        ("Willowmere CAMHS in Schools", 1),
    ]


def test_a_draft_is_not_handed_out(client, sign_in, priya, make_plan):
    plan = make_plan("draft")
    page = sign_in(client, priya).post(hand_out_url(plan), follow=True)
    assert "Nothing that is on this paper is shared with the school." in page.content.decode()
    assert not Paper.objects.exists()


def test_the_foot_says_number_label_and_page_and_the_second_print_is_a_copy(
    client, sign_in, sam, priya, plan
):
    hand_out_as_read(sign_in(client, sam), paper_url(plan))
    paper = Paper.objects.get()
    page, first = pdf_of(client, paper)
    day = f"{timezone.localdate(paper.made_at):%-d %B %Y}"
    foot = f"{paper.title} Paper 1 of Willowmere CAMHS in Schools, handed out on {day}"
    assert f"{foot} Official-sensitive when completed page 1 of 2" in first
    name = f"plan-{plan.reference}-v1-paper-1.pdf"
    assert page["Content-Disposition"] == f'attachment; filename="{name}"'
    sign_in(client, priya)
    assert f"{foot}. Copy Official-sensitive when completed page 1 of 2" in pdf_of(client, paper)[1]
    assert pdf_of(client, paper)[0].content == pdf_of(client, paper)[0].content


def test_each_opening_is_in_the_readers_ledger(client, sign_in, sam, plan):
    hand_out_as_read(sign_in(client, sam), paper_url(plan))
    paper = Paper.objects.get()
    client.get(paper.get_absolute_url())
    pdf_of(client, paper)
    found = list(Reading.objects.order_by("pk").values_list("door", "record", "case"))
    assert found == [
        ("consultations:plan-paper", plan.reference, plan.case_id),
        ("consultations:paper", "No. 1", plan.case_id),
        ("consultations:paper-pdf", "No. 1", plan.case_id),
    ]


@pytest.fixture
def handed(client, sign_in, sam, plan):
    hand_out_as_read(sign_in(client, sam), paper_url(plan))
    return Paper.objects.get()


def close(plan, priya):
    recall_share(plan.shares.filter(closed_at=None).first(), by=priya, at=timezone.now())


@pytest.mark.parametrize("which", ["", "paper.pdf"])
def test_closing_what_it_repeats_closes_it_to_the_school_at_once(
    client, sign_in, sam, priya, handed, plan, which
):
    url = f"{handed.get_absolute_url()}{which}"
    close(plan, priya)
    page = sign_in(client, sam).get(url)
    assert page.status_code == 410
    assert "This was closed to you" in page.text
    assert "Mondays" not in page.text
    assert sign_in(client, priya).get(url).status_code == 200


def test_a_paper_for_clinicians_is_not_found_by_the_school(client, sign_in, sam, priya, handed):
    url = reverse("consultations:chronology", args=[handed.case.reference])
    hand_out_as_read(sign_in(client, priya), url, {"for": "clinicians"})
    paper = Paper.objects.get(audience="clinicians")
    assert sign_in(client, sam).get(paper.get_absolute_url()).status_code == 404
    assert f"Paper {paper.number}" not in client.get(handed.case.get_absolute_url()).text


@pytest.mark.parametrize("address", ["2/", "99999999999999999999/", "0/paper.pdf", "2147483648/"])
def test_a_number_that_no_paper_has_is_not_found(client, sign_in, sam, priya, handed, address):
    url = f"/papers/{handed.case.reference}/{address}"
    assert sign_in(client, sam).get(url).status_code == 404
    assert sign_in(client, priya).get(url).status_code == 404


def test_a_number_under_another_case_is_not_found(client, sign_in, sam, handed, make_plan):
    other = make_plan("sent").case
    assert sign_in(client, sam).get(f"/papers/{other.reference}/1/").status_code == 404


def test_what_was_closed_meanwhile_is_not_handed_out(role_of, sam, priya, plan):
    version, today = plan.versions.get(), timezone.localdate()
    new = plan_to_hand_out(plan, version, role_of(sam), today, for_a_request=False)
    close(plan, priya)
    with pytest.raises(Exception, match="closed to the school"):
        hand_out(plan.case, new, by=sam, at=timezone.now())
    assert not Paper.objects.exists()


def test_the_chronology_lists_what_was_handed_out_newest_first(
    client, sign_in, sam, handed, plan, make_review
):
    make_review(plan)
    hand_out_as_read(sign_in(client, sam), paper_url(plan))
    page = parsed(client.get(f"{plan.case.get_absolute_url()}chronology/"))
    links = [link.get_text() for link in page.select('main a[href^="/papers/"]')]
    assert links == [f"Paper {n}: Support plan {plan.reference}, version 1" for n in (2, 1)]


@pytest.mark.parametrize("who", ["owen", "noor", "tess", "hana", "ada"])
def test_nobody_else_hands_it_out(request, client, sign_in, plan, who):
    answer = sign_in(client, request.getfixturevalue(who)).post(hand_out_url(plan))
    assert answer.status_code in (403, 404)
    assert not Paper.objects.exists()


@pytest.mark.parametrize(
    "data", [{"version": "9" * 40}, {"version": "\0"}, {"version": "<b>"}, {"version": "2"}]
)
def test_a_version_that_is_not_there_is_not_found(client, sign_in, sam, plan, data):
    assert sign_in(client, sam).post(hand_out_url(plan), data).status_code == 404
    assert client.get(reverse("consultations:plan-paper", args=[plan.reference]), data).status_code == 404


def test_a_note_that_was_replaced_closes_the_pack_that_repeats_it(
    client, sign_in, sam, priya, make_consultation, change
):
    talk = make_consultation()
    share_consultation(talk, by=priya, at=timezone.now(), opened_version=talk.version)
    url = reverse("consultations:evidence", args=[talk.case.reference])
    answer = hand_out_as_read(sign_in(client, sam), url)
    assert client.get(answer.url).status_code == 200
    talk = change(talk, agreed="Another text.", concern=talk.concern)
    share_consultation(talk, by=priya, at=timezone.now(), opened_version=talk.version)
    page = client.get(answer.url)
    assert (page.status_code, "Replaced on" in page.text) == (410, True)
    assert Share.objects.filter(closing="replaced").count() == 1


@pytest.mark.parametrize("which", ["plan-paper", "evidence", "chronology"])
@pytest.mark.parametrize("who", ["priya", "sam"])
def test_a_paper_costs_the_same_for_one_row_and_for_three(
    request, client, sign_in, plan, make_review, make_plan, make_consultation, visit, which, who
):
    sign_in(client, request.getfixturevalue(who))
    reference = plan.reference if which == "plan-paper" else plan.case.reference
    url = reverse(f"consultations:{which}", args=[reference])
    first = cost(client, url)
    make_review(plan)
    make_review(plan, overall="finished")
    for _ in range(2):
        talk = make_consultation(visit=visit, about=plan.case)
        another = make_plan("agreed", consultation=talk)
        make_review(another, overall="finished")
    assert cost(client, url) == first
    assert first <= AT_MOST


@pytest.mark.parametrize("who", ["priya", "sam"])
def test_it_stands_on_the_timeline_with_a_way_to_it(request, client, sign_in, handed, plan, who):
    page = parsed(sign_in(client, request.getfixturevalue(who)).get(timeline_url(plan)))
    links = {link.get_text(): link["href"] for link in page.select('.app-timeline a[href^="/papers/"]')}
    assert links == {"Plan handed out as paper 1": handed.get_absolute_url()}


def test_a_paper_that_is_closed_to_the_school_is_on_the_timeline_of_clinicians_alone(
    client, sign_in, sam, priya, handed, plan, make_consultation, visit
):
    talk = make_consultation(visit=visit, about=plan.case)
    share_consultation(talk, by=priya, at=timezone.now(), opened_version=talk.version)
    rest = Share.objects.filter(pk__in=handed.rests_on.values("share"))
    recall_share(rest.get(), by=priya, at=timezone.now())
    assert "as paper 1" in sign_in(client, priya).get(timeline_url(plan)).text
    page = sign_in(client, sam).get(timeline_url(plan))
    assert (page.status_code, "as paper 1" in page.text) == (200, False)


def timeline_url(plan):
    return reverse("consultations:case-timeline", args=[plan.case.reference])


def test_a_plan_of_which_nothing_is_shared_any_more_is_not_offered_to_hand_out(client, sign_in, priya, plan):
    assert hand_out_url(plan) in sign_in(client, priya).get(paper_url(plan)).text
    recall_share(plan.shares.get(audience="link_staff"), by=priya, at=timezone.now())
    assert hand_out_url(plan) not in client.get(paper_url(plan)).text
