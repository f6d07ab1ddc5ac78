"""The pages that share, show, recall and hand over: what the school gets is what was previewed, or a mark."""

from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from consultations.models import Purpose, Share
from consultations.services import (
    agree_plan,
    change_plan,
    recall_share,
    send_plan,
    share_consultation,
    withdraw_consent,
)
from consultations.views.handing_out import CHANGED
from tests.filling import OpenForm, as_sent, banners, main_text, parsed, problems
from tests.plans import as_it_is_now

WORDS = "A calm start.\n\n<b>& the same adult</b>"


@pytest.fixture
def talk(make_consultation):
    return make_consultation(agreed=WORDS, clinical_note="canary-note-7Q", concern="canary-concern-7Q")


@pytest.fixture
def shared(talk, priya):
    return share_consultation(talk, by=priya, at=timezone.now(), opened_version=talk.version)


def page_of(name, record):
    return reverse(f"consultations:{name}", args=[record.reference])


def block(page):
    """The bytes of the shared block on a page."""
    start = page.content.index(b'<div class="app-shared">')
    return page.content[start : page.content.index(b"</div>", start) + len(b"</div>")]


def test_the_block_is_the_same_bytes_in_every_preview_and_for_the_reader(client, sign_in, talk, priya, sam):
    sign_in(client, priya)
    live = client.post(page_of("share-preview", talk.visit), {"agreed": WORDS.replace("\n", "\r\n")})
    before = client.get(page_of("consultation-share", talk))
    client.post(page_of("consultation-share", talk), {"opened_version": talk.version})
    read = sign_in(client, sam).get(Share.objects.get().get_absolute_url())
    assert live.content == block(before) == block(read)
    assert b"&lt;b&gt;&amp; the same adult&lt;/b&gt;" in live.content


def test_the_preview_names_who_will_read_it(client, sign_in, talk, priya, sam, dana, hana):
    text = main_text(sign_in(client, priya).get(page_of("consultation-share", talk)))
    assert "What Sam Whitlock and Dana Kowalczyk will see" in text
    form = main_text(client.get(page_of("consultation-add", talk.visit)))
    assert "What Sam Whitlock and Dana Kowalczyk will see when you share it" in form


def test_the_box_for_clinicians_comes_first_and_each_box_has_its_button(client, sign_in, talk, priya):
    page = parsed(sign_in(client, priya).get(page_of("consultation-add", talk.visit)))
    boxes = [box["name"] for box in page.select("textarea") if box["name"] in ("agreed", "clinical_note")]
    assert boxes == ["clinical_note", "agreed"]
    moves = [(b["data-move-from"], b["data-move-to"]) for b in page.select("[data-move-from]")]
    assert moves == [("id_clinical_note", "id_agreed"), ("id_agreed", "id_clinical_note")]


def test_pressed_twice_it_is_shared_once(client, sign_in, talk, priya):
    sign_in(client, priya)
    for _ in range(2):
        page = client.post(page_of("consultation-share", talk), {"opened_version": talk.version}, follow=True)
    assert banners(page) == ["This text is shared already."]
    assert Share.objects.count() == 1


def test_words_changed_meanwhile_are_read_again_first(client, sign_in, talk, priya, change):
    change(talk, agreed="Other words.")
    sign_in(client, priya)
    url = page_of("consultation-share", talk)
    page = client.post(url, {"opened_version": talk.version}, follow=True)
    assert banners(page) == ["This changed while you had the page open. Read it again."]
    assert not Share.objects.exists()


def test_the_school_reads_the_words_and_nothing_around_them(client, sign_in, shared, sam):
    sign_in(client, sam)
    assert shared.get_absolute_url() in client.get("/needs-doing/").text
    case = client.get(shared.case.get_absolute_url())
    assert shared.get_absolute_url() in case.text
    page = client.get(shared.get_absolute_url())
    assert "A calm start." in page.text
    for found in (case, page):
        assert "canary" not in found.text
        assert shared.consultation.reference not in found.text
    assert client.get(shared.consultation.get_absolute_url()).status_code == 404


def test_without_a_share_the_school_knows_nothing(client, sign_in, talk, sam):
    sign_in(client, sam)
    assert client.get(talk.case.get_absolute_url()).status_code == 404
    assert "Robin" not in client.get("/needs-doing/").text


def test_a_recalled_text_leaves_a_mark_and_no_word(client, sign_in, shared, priya, sam):
    sign_in(client, priya)
    url = page_of("share-recall", shared)
    assert "Nobody at Quillbrook Primary School can open this text any more" in main_text(client.get(url))
    assert client.get(shared.get_absolute_url()).status_code == 200
    assert Share.objects.open().count() == 1
    assert "Recalled on" in banners(client.post(url, follow=True))[0]
    sign_in(client, sam)
    page = client.get(shared.get_absolute_url())
    assert page.status_code == 410
    assert "by Priya Nair." in main_text(page)
    assert "calm start" not in page.text
    assert "Robin" not in page.text
    assert client.get(shared.case.get_absolute_url()).status_code == 410
    assert "Robin" not in client.get("/needs-doing/").text


@pytest.fixture
def plan(make_plan, make_review, today):
    plan = make_plan("agreed", review_on=today.replace(year=today.year + 1, month=6, day=7))
    make_review(plan)
    return plan


CLOSED = ["plan", "plan-history", "plan-pdf", "plan-review", "plan-agree", "parents-copy"]


def withdraw(plan, priya, today):
    consent = plan.case.consents.get(purpose=Purpose.SHARE_PLAN)
    common = {"by": priya, "at": timezone.now(), "withdrawn_on": today}
    withdraw_consent(consent, opened_version=consent.version, **common)


def recall(plan, priya, today):
    recall_share(plan.shares.first(), by=priya, at=timezone.now())


@pytest.mark.parametrize(
    ("close", "mark"),
    [
        (withdraw, "Closed on {} by Priya Nair, because the consent was"),
        (recall, "Recalled on {} by Priya Nair"),
    ],
)
def test_a_closed_plan_is_a_mark_at_every_door(client, sign_in, plan, priya, sam, today, close, mark):
    sign_in(client, sam)
    assert [client.get(page_of(name, plan)).status_code for name in CLOSED] == [200, 200, 200, 200, 302, 200]
    close(plan, priya, today)
    urls = [*(page_of(name, plan) for name in CLOSED), plan.case.get_absolute_url()]
    for page in map(client.get, urls):
        assert page.status_code == 410
        assert page["Cache-Control"] == "no-store"
        assert mark.format(f"{today.day} {today:%B %Y}") in main_text(page)
        assert [word for word in ("Robin", "side door", plan.reference) if word in page.text] == []
    for url in ("/plans/", "/needs-doing/"):
        assert [word for word in ("Robin", plan.reference) if word in client.get(url).text] == []


def test_who_had_the_page_open_is_told_and_keeps_what_was_typed(client, sign_in, plan, priya, sam, today):
    form = OpenForm(
        sign_in(client, sam), page_of("plan-review", plan), overall="going_well", note="My own words"
    )
    withdraw(plan, priya, today)
    page = form.send()
    assert page.status_code == 410
    assert "My own words" in main_text(page)
    assert plan.reviews.count() == 1


def test_nobody_else_is_shown_the_mark(client, sign_in, plan, priya, today, owen, noor, hana, tess, kit):
    withdraw(plan, priya, today)
    for person in (owen, noor, hana, tess, kit):
        sign_in(client, person)
        assert {client.get(page_of(name, plan)).status_code for name in CLOSED} == {404}


def test_the_clinician_shares_a_recalled_plan_again(client, sign_in, plan, priya, sam, today):
    recall(plan, priya, today)
    sign_in(client, priya)
    assert "The school cannot read this plan." in main_text(client.get(plan.get_absolute_url()))
    page = client.post(page_of("plan-share-again", plan), follow=True)
    assert banners(page) == ["The school can read this plan again."]
    assert sign_in(client, sam).get(plan.get_absolute_url()).status_code == 200


def test_without_consent_it_is_not_shared_again(client, sign_in, plan, priya, today):
    withdraw(plan, priya, today)
    page = sign_in(client, priya).post(page_of("plan-share-again", plan), follow=True)
    assert banners(page) == ["Nobody's consent to share the plan with the school is in force."]
    assert not plan.shares.open().exists()


@pytest.mark.parametrize("who", ["priya", "sam"])
def test_a_copy_for_parents_is_frozen_and_printed(request, client, sign_in, plan, who):
    sign_in(client, request.getfixturevalue(who))
    form = OpenForm(client, page_of("parents-copy", plan), handed_to="Robin's <mother>")
    preview = block(form.page)
    page = client.get(form.send().url)
    assert block(page) == preview
    share = Share.objects.get(audience="parents")
    paper = client.get(page_of("share-pdf", share))
    text = " ".join(PdfReader(BytesIO(paper.content)).pages[0].extract_text().split())
    assert "Handed to Robin's <mother> by" in text
    assert "Meet Robin at the side door" in text
    assert "SENCO" not in text
    assert paper.content == client.get(page_of("share-pdf", share)).content


def test_a_copy_that_nobody_read_is_not_kept(client, sign_in, plan, plan_content, priya, sam):
    form = OpenForm(sign_in(client, sam), page_of("parents-copy", plan), handed_to="Robin's mother")
    plan, by = as_it_is_now(plan), {"by": priya, "at": timezone.now()}
    content = plan_content(plan.partnership, priya, concern="Other words", why_changed="New")
    version = change_plan(plan, content, opened_version=plan.version, **by)
    version = send_plan(version, opened_version=version.version, **by)
    agree_plan(version, by=sam, at=timezone.now(), opened_version=version.version)
    page = form.send()
    assert problems(page) == [CHANGED]
    assert "Other words" in main_text(page)
    assert as_sent(page)["handed_to"] == ["Robin's mother"]
    assert not Share.objects.filter(audience="parents").exists()
    form.send(read=as_sent(page)["read"][0])
    assert "Other words" in Share.objects.get(audience="parents").text


def test_a_copy_says_what_is_missing_and_is_not_kept(client, sign_in, plan, sam):
    page = OpenForm(sign_in(client, sam), page_of("parents-copy", plan)).send(
        handed_to="", handed_on_year="2999"
    )
    assert problems(page) == ["Enter who you hand it to"]
    page = OpenForm(client, page_of("parents-copy", plan), handed_to="A").send(handed_on_year="2999")
    assert problems(page) == ["The date you handed it over must be today or in the past"]
    assert not Share.objects.filter(audience="parents").exists()


@pytest.mark.parametrize("name", ["share", "share-pdf", "share-recall"])
@pytest.mark.parametrize("reference", ["S-2222-222", "S-\0", "x" * 300])
def test_a_forged_reference_is_not_found(client, sign_in, priya, name, reference):
    url = reverse(f"consultations:{name}", args=["S"]).replace("/S/", f"/{reference}/".replace("\0", "%00"))
    assert sign_in(client, priya).get(url).status_code == 404


def test_the_text_of_a_share_is_read_by_those_alone_it_is_for(client, sign_in, shared, cast):
    codes = {}
    for person in cast.people:
        codes[person.first_name] = sign_in(client, person).get(shared.get_absolute_url()).status_code
    may = {"Priya", "Ruth", "Sam", "Dana"}
    assert codes == {name: 200 if name in may else 404 for name in codes}
