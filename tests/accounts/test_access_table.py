"""Who gets what from every page of ours: role by URL name. A page that is not in the table fails the test."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import RoleRow

from .our_pages import our_patterns, pattern_of

# Policies decide it; that rows are kept apart on both databases is the canary's part.
pytestmark = pytest.mark.one_database
PEOPLE = ["priya", "owen", "noor", "ruth", "sam", "dana", "hana", "bo", "tess", "femi", "kit", "edie", "ada"]

PLACES = ("Quillbrook", "Tansy Hill", "Merriscombe", "Willowmere", "Saltmarsh")
PAPERS = {f"consultations:{name}-pdf" for name in ("plan", "plan-version", "share", "paper")}
PAPERS |= {
    f"schools:{name}-{ending}"
    for name in ("statement", "invoice", "credit-note")
    for ending in ("pdf", "csv")
}
PAPERS.add("consultations:visit-sheet")
PAPERS |= {"schools:coverage-csv", "schools:clinician-coverage-csv"}
# Somebody without an account begins here: tests/home/test_invitation_page.py has what it answers to whom.
PUBLIC = {"home:invitation", "home:invitation-link"}
# A calendar program has no account: tests/schools/test_calendar_feeds.py has what it is given.
PUBLIC |= {"schools:calendar-feed"}

# One column for each of PEOPLE. Priya is the clinician of the school, Owen and Noor are not; Ruth leads.
TABLE = """
                                     pri owe noo rut sam dan han bo  tes fem kit edi ada
home:start                           302 302 302 302 302 302 302 302 302 302 302 302 302
home:today                           200 200 200 403 403 403 403 403 403 403 403 403 403
home:needs-doing                     403 403 403 403 200 200 403 403 403 403 403 403 403
home:overview                        403 403 403 200 403 403 403 403 403 403 200 403 403
home:user-invite                     403 403 403 200 403 403 403 403 403 403 403 403 200
home:role-give                       404 404 404 200 404 404 404 404 404 404 404 404 200
home:leaving                         404 404 404 403 404 404 404 404 404 404 404 404 403
home:visits-to-decide                403 403 403 200 403 403 403 403 403 403 403 403 403
home:invitation                      404 404 404 404 404 404 404 404 404 404 404 404 404
home:invitation-link                 302 302 302 302 302 302 302 302 302 302 302 302 302
accounts:choose-role                 200 200 200 200 200 200 200 200 200 200 200 200 200
accounts:users                       403 403 403 200 403 403 403 403 403 403 403 403 200
accounts:user                        404 404 404 200 404 404 404 404 404 404 404 404 200
accounts:user-close                  404 404 404 200 404 404 404 404 404 404 404 404 200
accounts:user-second-step            404 404 404 200 404 404 404 404 404 404 404 404 403
accounts:user-open                   404 404 404 405 404 404 404 404 404 404 404 404 403
accounts:role-end                    404 404 404 200 403 200 404 404 404 404 404 404 200
accounts:role-approves                404 404 404 405 404 404 404 404 404 404 404 404 405
accounts:role-approves-no-more        404 404 404 405 404 404 404 404 404 404 404 404 405
accounts:role-confirm                404 404 404 405 403 403 404 404 404 404 404 404 403
accounts:role-decline                404 404 404 405 403 403 404 404 404 404 404 404 403
accounts:invitation-again            404 404 404 405 405 405 404 404 404 404 404 404 405
accounts:invitation-revoke           404 404 404 405 405 405 404 404 404 404 404 404 405
accounts:audit                       403 403 403 200 403 403 403 403 403 403 403 403 200
accounts:emails                      403 403 403 200 403 403 403 403 403 403 403 403 200
consultations:school-list            200 200 200 200 403 403 403 403 403 403 403 403 403
consultations:school                 200 404 404 200 403 403 403 403 404 403 404 404 404
consultations:school-consultations   200 404 404 200 403 403 403 403 404 403 404 404 404
consultations:school-plans           200 404 404 200 403 403 403 403 404 403 404 404 404
consultations:visit                  200 404 404 200 403 403 403 403 404 404 404 404 404
consultations:request-list           403 403 403 403 200 200 403 403 403 403 403 403 403
consultations:request-add            403 403 403 403 200 200 403 403 403 403 403 403 403
consultations:request-up             403 404 404 403 405 405 404 404 404 404 404 404 404
consultations:request-down           403 404 404 403 405 405 404 404 404 404 404 404 404
consultations:request-withdraw       403 404 404 403 405 405 404 404 404 404 404 404 404
consultations:request-phoned         405 404 404 403 403 403 404 404 404 404 404 404 404
consultations:visit-start            405 404 404 403 403 403 403 403 404 404 404 404 404
consultations:visit-finish           200 404 404 403 403 403 403 403 404 404 404 404 404
consultations:visit-record           200 404 404 403 403 403 403 403 404 404 404 404 404
consultations:record-copied          405 404 404 403 403 403 403 403 404 404 404 404 404
consultations:record-undo            405 404 404 403 403 403 403 403 404 404 404 404 404
consultations:record-list            200 200 200 403 403 403 403 403 403 403 403 403 403
consultations:share-preview          405 404 404 403 403 403 403 403 404 404 404 404 404
consultations:consultation-add       200 404 404 403 403 403 403 403 404 404 404 404 404
consultations:draft-discard          200 404 404 404 404 404 404 404 404 404 404 404 404
consultations:consultation           200 404 404 200 404 404 404 404 404 404 404 404 404
consultations:consultation-edit      200 404 404 403 404 404 404 404 404 404 404 404 404
consultations:consultation-share     200 404 404 403 404 404 404 404 404 404 404 404 404
consultations:share                  200 404 404 200 200 200 404 404 404 404 404 404 404
consultations:share-pdf              200 404 404 200 200 200 404 404 404 404 404 404 404
consultations:share-recall           200 404 404 403 403 403 404 404 404 404 404 404 404
consultations:safeguarding           200 404 404 403 404 404 404 404 404 404 404 404 404
consultations:plan-add               302 404 404 403 404 404 404 404 404 404 404 404 404
consultations:case-search            200 200 200 200 200 200 403 403 403 403 403 403 403
consultations:case-plan              302 404 404 403 403 403 404 404 404 404 404 404 404
consultations:case                   200 404 404 200 200 200 404 404 404 404 404 404 404
consultations:case-timeline          200 404 404 200 200 200 404 404 404 404 404 404 404
consultations:case-access            200 404 404 200 200 200 404 404 404 404 404 404 404
consultations:clinical-note          403 404 404 200 404 404 404 404 404 404 404 404 404
consultations:passed-on              403 403 403 403 403 403 403 403 403 200 403 403 403
consultations:passed-on-reference    403 404 404 403 404 404 404 404 404 200 404 404 404
consultations:passed-on-acknowledge  403 404 404 403 404 404 404 404 404 405 404 404 404
consultations:checks                 403 403 403 200 403 403 403 403 403 403 403 403 403
consultations:named-without-consent  403 403 403 200 403 403 403 403 403 403 403 403 403
consultations:unusual-readings       403 403 403 200 403 403 403 403 403 403 403 403 403
consultations:past-the-rule          403 403 403 200 403 403 403 403 403 403 403 403 403
consultations:referrals-overdue      403 403 403 200 403 403 403 403 403 403 403 403 403
consultations:plan-rules             403 403 403 200 403 403 403 403 403 403 403 403 403
consultations:school-scale           403 404 404 405 403 403 403 403 404 403 404 404 404
consultations:case-stage             200 404 404 403 403 403 404 404 404 404 404 404 404
consultations:referral-add           200 404 404 403 403 403 404 404 404 404 404 404 404
consultations:referral-update        200 404 404 403 403 403 404 404 404 404 404 404 404
consultations:meeting-add            200 404 404 403 200 200 404 404 403 404 404 404 404
consultations:case-move              200 404 404 403 403 403 404 404 404 404 404 404 404
consultations:case-handover          404 404 404 404 404 404 404 404 404 404 404 404 404
consultations:case-name              302 404 404 403 403 403 404 404 404 404 404 404 404
consultations:consent                200 404 404 200 403 403 404 404 404 404 404 404 404
consultations:consent-add            200 404 404 403 403 403 404 404 404 404 404 404 404
consultations:competence             200 404 404 403 403 403 404 404 404 404 404 404 404
consultations:consent-withdraw       200 404 404 403 403 403 404 404 404 404 404 404 404
consultations:consents-running-out   200 200 200 403 403 403 403 403 403 403 403 403 403
consultations:plan-list              200 200 200 200 200 200 403 403 403 403 403 403 403
consultations:plan                   200 404 404 200 200 200 404 404 403 404 404 404 404
consultations:plan-strategies        200 404 404 403 403 403 404 404 403 404 404 404 404
consultations:draft-strategies       200 404 404 404 404 404 404 404 404 404 404 404 404
consultations:add-strategy           200 200 200 403 403 403 403 403 403 403 403 403 403
consultations:plan-edit              200 404 404 403 403 403 404 404 403 404 404 404 404
consultations:plan-check             302 404 404 403 403 403 404 404 403 404 404 404 404
consultations:plan-send              405 404 404 403 403 403 404 404 403 404 404 404 404
consultations:plan-sent              200 404 404 403 403 403 404 404 403 404 404 404 404
consultations:step-propose           200 404 404 200 403 403 404 404 403 404 404 404 404
consultations:plan-agree             302 404 404 403 302 302 404 404 403 404 404 404 404
consultations:plan-school-change     403 404 404 403 200 200 404 404 403 404 404 404 404
consultations:plan-discard           405 404 404 403 403 403 404 404 403 404 404 404 404
consultations:plan-take-back-sent    405 404 404 403 405 405 404 404 403 404 404 404 404
consultations:plan-review            200 404 404 403 200 200 404 404 403 404 404 404 404
consultations:plan-share-again       405 404 404 403 403 403 404 404 403 404 404 404 404
consultations:parents-copy           200 404 404 403 200 200 404 404 403 404 404 404 404
consultations:plan-history           200 404 404 200 200 200 404 404 403 404 404 404 404
consultations:plan-version           200 404 404 200 200 200 404 404 403 404 404 404 404
consultations:plan-version-pdf       200 404 404 200 200 200 404 404 403 404 404 404 404
consultations:plan-compare           200 404 404 200 200 200 404 404 403 404 404 404 404
consultations:plan-pdf               200 404 404 200 200 200 404 404 403 404 404 404 404
consultations:plan-paper             200 404 404 200 200 200 404 404 403 404 404 404 404
consultations:plan-hand-out          405 404 404 403 405 405 404 404 403 404 404 404 404
consultations:paper                  200 404 404 200 200 200 404 404 404 404 404 404 404
consultations:paper-pdf              200 404 404 200 200 200 404 404 404 404 404 404 404
consultations:evidence               200 404 404 403 200 200 404 404 404 404 404 404 404
consultations:chronology             200 404 404 403 200 200 404 404 404 404 404 404 404
consultations:plan-readers           200 404 404 403 200 200 404 404 403 404 404 404 404
consultations:plan-take-back         405 404 404 403 405 405 404 404 403 404 404 404 404
consultations:carrying-out-list      403 403 403 403 403 403 403 403 200 403 403 403 403
consultations:carrying-out           403 404 404 403 403 403 404 404 200 404 404 404 404
consultations:check-in               403 404 404 403 403 403 404 404 200 404 404 404 404
consultations:visit-cancel           200 404 404 200 200 200 403 403 404 404 404 404 404
consultations:visit-move             200 404 404 200 403 403 403 403 404 404 404 404 404
consultations:visit-cover            302 404 404 200 403 403 403 403 404 404 404 404 404
consultations:visit-sheet            200 404 404 403 403 403 403 403 404 404 404 404 404
consultations:visit-correct          200 404 404 403 403 403 403 403 404 404 404 404 404
consultations:visit-waive            200 404 404 200 403 403 403 403 404 404 404 404 404
schools:visit-book                   200 404 404 200 403 403 403 403 404 403 404 404 404
schools:visit-pattern-add            200 404 404 200 403 403 403 403 404 403 404 404 404
schools:visit-pattern                200 404 404 200 403 403 403 403 404 403 404 404 404
home:money                           403 403 403 200 403 403 403 403 403 403 403 403 403
home:time-outcome                    403 403 403 200 200 200 200 200 403 403 403 403 403
schools:time                         403 403 403 403 200 200 200 200 403 403 403 403 403
schools:school-time                  200 404 404 200 403 403 403 403 404 403 404 404 404
schools:school-visits                200 404 404 200 200 200 200 200 404 403 404 404 404
schools:calendar-address             200 200 200 200 200 200 200 200 403 403 403 403 403
schools:calendar-address-make        405 405 405 405 405 405 405 405 403 403 403 403 403
schools:calendar-address-stop        405 405 405 405 405 405 405 405 403 403 403 403 403
schools:calendar-feed                404 404 404 404 404 404 404 404 404 404 404 404 404
schools:people                       200 404 404 200 200 200 200 200 404 200 404 404 404
schools:invite-colleague             403 404 404 403 200 200 403 403 404 403 404 404 404
schools:invite-plan-reader           403 404 404 403 200 200 403 403 404 403 404 404 404
schools:person-add                   200 404 404 403 200 200 403 403 404 403 404 404 404
schools:person-change                200 404 404 403 200 200 403 403 404 403 404 404 404
schools:person-leave                 200 404 404 403 200 200 403 403 404 403 404 404 404
schools:statements                   403 403 403 200 403 403 200 200 403 403 403 403 403
schools:statements-give-out          403 403 403 200 403 403 403 403 403 403 403 403 403
schools:statement                    404 404 404 200 404 404 200 200 404 404 404 404 404
schools:statement-pdf                404 404 404 200 404 404 200 200 404 404 404 404 404
schools:statement-csv                404 404 404 200 404 404 200 200 404 404 404 404 404
schools:invoices                     403 403 403 200 403 403 200 200 403 403 403 403 403
schools:invoices-issue               403 403 403 200 403 403 403 403 403 403 403 403 403
schools:accounts-export              403 403 403 200 403 403 403 403 403 403 403 403 403
schools:invoice                      404 404 404 200 404 404 200 200 404 404 404 404 404
schools:invoice-pdf                  404 404 404 200 404 404 200 200 404 404 404 404 404
schools:invoice-csv                  404 404 404 200 404 404 200 200 404 404 404 404 404
schools:invoice-credit               404 404 404 200 404 404 403 403 404 404 404 404 404
schools:credit-note                  404 404 404 200 404 404 200 200 404 404 404 404 404
schools:credit-note-pdf              404 404 404 200 404 404 200 200 404 404 404 404 404
schools:credit-note-csv              404 404 404 200 404 404 200 200 404 404 404 404 404
schools:buy                          403 403 403 403 200 200 200 200 403 403 403 403 403
schools:buy-when                     403 403 403 403 302 302 302 302 403 403 403 403 403
schools:buy-order-number             403 403 403 403 302 302 302 302 403 403 403 403 403
schools:buy-check                    403 403 403 403 302 302 302 302 403 403 403 403 403
schools:entry-query                  403 404 404 200 200 200 200 200 404 404 404 404 404
schools:entry-queries                403 403 403 200 403 403 403 403 403 403 403 403 403
schools:query-answer                 404 404 404 200 403 403 403 403 404 404 404 404 404
schools:orders                       403 403 403 200 200 200 200 200 403 403 403 403 403
schools:order                        404 404 404 200 200 200 200 200 404 404 404 404 404
schools:order-sent                   404 404 404 200 200 200 200 200 404 404 404 404 404
schools:order-approve                404 404 404 403 403 403 405 405 404 404 404 404 404
schools:order-decline                404 404 404 403 403 403 200 200 404 404 404 404 404
schools:order-cancel                 404 404 404 403 200 403 200 200 404 404 404 404 404
schools:order-cancel-ask             404 404 404 200 403 403 403 403 404 404 404 404 404
schools:order-agree                  404 404 404 200 403 403 403 403 404 404 404 404 404
schools:order-offer                  404 404 404 200 403 403 403 403 404 404 404 404 404
schools:order-accept                 404 404 404 403 403 403 405 405 404 404 404 404 404
schools:capacities                   403 403 403 200 403 403 403 403 403 403 403 403 403
schools:coverage                     403 403 403 200 403 403 403 403 403 403 403 403 403
schools:coverage-csv                 403 403 403 200 403 403 403 403 403 403 403 403 403
schools:clinician-coverage           403 403 403 200 403 403 403 403 403 403 403 403 403
schools:clinician-coverage-csv       403 403 403 200 403 403 403 403 403 403 403 403 403
schools:calendar                     200 200 200 200 200 200 403 403 403 403 403 403 200
schools:period-add                   403 403 403 200 403 403 403 403 403 403 403 403 200
schools:bank-holidays-add            403 403 403 405 403 403 403 403 403 403 403 403 405
schools:calendar-import              403 403 403 200 403 403 403 403 403 403 403 403 200
schools:period-change                403 403 404 200 403 403 404 404 404 404 404 404 200
schools:period-remove                403 403 404 200 403 403 404 404 404 404 404 404 200
schools:agreements                   200 200 200 200 200 200 200 200 403 403 403 403 403
schools:agreement-add                403 403 403 200 403 403 403 403 403 403 403 403 403
schools:core-offers                  403 403 403 200 403 403 403 403 403 403 403 403 403
schools:agreement                    200 404 404 200 200 200 200 200 404 404 404 404 404
schools:agreement-change             403 404 404 200 403 403 403 403 404 404 404 404 404
schools:agreement-send               403 404 404 405 403 403 403 403 404 404 404 404 404
schools:agreement-take-back          403 404 404 405 403 403 403 403 404 404 404 404 404
schools:agreement-sign               403 404 404 200 403 403 200 200 404 404 404 404 404
schools:agreement-end                403 404 404 200 403 403 403 403 404 404 404 404 404
schools:adjustment-ask               403 404 404 200 403 403 403 403 404 404 404 404 404
schools:adjustment-agree             404 404 404 405 404 404 405 403 404 404 404 404 404
schools:adjustment-decline           404 404 404 405 404 404 405 403 404 404 404 404 404
schools:money-settings               403 403 403 200 403 403 403 403 403 403 403 403 403
"""
EXPECTED = {line.split()[0]: [int(code) for code in line.split()[1:]] for line in TABLE.splitlines()[2:]}


def test_the_table_holds_every_page_of_ours_and_nothing_else():
    assert {name for name, _ in our_patterns()} == set(EXPECTED)


def test_every_page_names_a_policy():
    assert [name for name, callback in our_patterns() if not callable(callback.view_class.policy)] == []


def test_every_role_gets_what_the_table_says(client, cast, sign_in, addresses):
    found, nowhere = {}, set()
    for column, name in enumerate(PEOPLE):
        sign_in(client, getattr(cast, name))
        for page, url in addresses.items():
            answer = client.get(url)
            found.setdefault(page, {})[column] = answer.status_code
            if answer.status_code == 200 and not says_where(answer):
                nowhere.add(page)
    codes = {page: [row[column] for column in range(len(PEOPLE))] for page, row in found.items()}
    assert codes == EXPECTED
    # The page where a role is chosen is about no place yet; a paper says it in its own way.
    assert nowhere == {"accounts:choose-role"} | PAPERS


def says_where(answer):
    """The title of a page names the school or the service that it, or the role in use, is about."""
    title = re.search(r"<title>(.*?)</title>", answer.content.decode(errors="ignore"), re.DOTALL)
    return bool(title) and any(place in title[1] for place in PLACES)


def test_the_table_has_somebody_in_every_role_that_signs_in(cast, role_of):
    kinds = {role_of(person).kind for person in cast.people}
    assert kinds == set(RoleRow.Kind.values) - {RoleRow.Kind.LINK_CLINICIAN}


def test_nobody_gets_anything_without_signing_in(client, addresses):
    for name, url in addresses.items():
        if name not in PUBLIC:
            response = client.get(url)
            assert (response.status_code, response.url) == (302, f"/account/login/?next={url}")


def test_somebody_without_a_role_is_asked_to_choose(client, django_user_model, addresses):
    client.force_login(django_user_model.objects.create_user("new@demo.example", "x"))
    for name, url in addresses.items():
        if name not in PUBLIC | {"accounts:choose-role"}:
            response = client.get(url)
            assert (response.status_code, response.url) == (302, "/role/")


WITH_A_KEY = sorted(name for name in EXPECTED if pattern_of(name).converters and name not in PUBLIC)


@pytest.mark.parametrize("name", WITH_A_KEY)
def test_a_reference_that_nobody_has_is_not_found(client, sign_in, priya, name):
    nobodys = {"reference": "P-2222-222", "urn": 999999, "key": uuid4(), "pk": 1, "consent": 1, "number": 1}
    kwargs = {key: nobodys[key] for key in pattern_of(name).converters}
    assert sign_in(client, priya).get(reverse(name, kwargs=kwargs)).status_code == 404
