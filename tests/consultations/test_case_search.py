"""Find a case: by reference, by the beginnings of names, narrowed; each finds what they may open."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.db.models import Value

from accounts.models import cipher
from accounts.services import seal, unseal
from consultations.querysets.names import Folded, folded
from consultations.views.case_search import cases_of_page
from tests.filling import main_text, parsed
from tests.records import named_child, no_names_child, whole_class

URL = "/cases/"


def found(page):
    return [link.get_text(strip=True) for link in parsed(page).select("main td a")]


@pytest.fixture
def robin(make_consultation):
    talk = make_consultation(
        about=named_child(first_name="Robin", last_name="de Winter", year_group=4), themes=["sleep"]
    )
    return talk.case


@pytest.fixture
def others(make_consultation, robin):
    """A child without a name and a class, both later than Robin."""
    return [make_consultation(about=about).case for about in (no_names_child(), whole_class())]


@pytest.mark.parametrize(
    "typed", ["Robin", "rob", "DE WINTER", "de w", "rob de", "de robin", " robin\0 ", "robin de winter"]
)
def test_the_beginnings_of_names_find_a_child(client, sign_in, priya, robin, others, typed):
    assert found(sign_in(client, priya).post(URL, {"who": typed}, follow=True)) == [robin.reference]


@pytest.mark.parametrize(
    "typed",
    # The last two letters have none after them, or halves of letters.
    ["obin", "robin winter", "robin x", "C-2222-222", "%", "_obin", "'", "2" * 100, "\U0010ffff", "\ud7ff"],
)
def test_the_middle_of_a_name_and_what_is_no_name_find_nobody(client, sign_in, priya, robin, others, typed):
    page = sign_in(client, priya).post(URL, {"who": typed}, follow=True)
    assert (found(page), "No cases match." in main_text(page)) == ([], True)


@pytest.mark.parametrize("form", [str, str.lower, lambda ref: ref.replace("-", ""), lambda ref: ref[2:]])
def test_a_reference_is_found_however_it_is_typed(client, sign_in, priya, robin, others, form):
    page = sign_in(client, priya).post(URL, {"who": form(robin.reference)}, follow=True)
    assert found(page) == [robin.reference]


def test_another_name_is_looked_for_with_the_question_of_the_first(client, sign_in, priya, robin, themes):
    def kept(**answers):
        sign_in(client, priya).post(URL, answers, follow=True)
        return len(cases_of_page.kept)

    first = kept(who="robin", stage="closed", theme=themes["sleep"].pk)
    assert kept(who="zoe", stage="in_school", theme=themes["worry"].pk) == first
    assert kept(who="zoe", stage="in_school") == first + 1


def test_nothing_typed_lists_the_newest_first(client, sign_in, priya, robin, others):
    every = [case.reference for case in [robin, *others]][::-1]
    sign_in(client, priya)
    assert found(client.get(URL)) == found(client.post(URL, {"who": "  "}, follow=True)) == every


def test_year_stage_theme_and_school_narrow_the_list(
    client, sign_in, priya, robin, others, themes, quillbrook
):
    sign_in(client, priya)
    other = others[0]
    assert other.year_group != 2
    for query in ({"year": 4, "who": "r"}, {"theme": themes["sleep"].pk}):
        assert found(client.post(URL, query, follow=True)) == [robin.reference]
    assert len(found(client.post(URL, {"stage": "in_school", "school": quillbrook.pk}, follow=True))) == 3
    assert found(client.post(URL, {"stage": "closed"}, follow=True)) == []


def test_another_service_s_school_is_no_answer(client, sign_in, priya, noor, robin, quillbrook):
    page = sign_in(client, noor).post(URL, {"school": quillbrook.pk}, follow=True)
    assert found(page) == []
    assert parsed(page).select_one("#id_school_error") or "Select" in main_text(page)


def test_what_is_too_long_is_said_beside_the_box(client, sign_in, priya, robin):
    page = sign_in(client, priya).post(URL, {"who": "x" * 101}, follow=True)
    assert "The reference or the name must be 100 characters or fewer." in main_text(page)
    assert found(page) == []


def test_each_finds_what_they_may_open(
    client, sign_in, make_plan, make_consultation, priya, ruth, sam, owen, noor
):
    kept = make_consultation(about=named_child(first_name="Rosa")).case.reference
    shared = make_plan(
        "sent", consultation=make_consultation(about=named_child(first_name="Roy"))
    ).case.reference
    seen = {
        person.first_name: found(sign_in(client, person).post(URL, {"who": "ro"}, follow=True))
        for person in (priya, ruth, sam, owen, noor)
    }
    both = [shared, kept]
    assert seen == {"Priya": both, "Ruth": both, "Sam": [shared], "Owen": [], "Noor": []}


def test_link_staff_are_offered_neither_themes_nor_schools(client, sign_in, sam, make_plan, themes):
    make_plan("sent")
    page = sign_in(client, sam).post(URL, {"theme": themes["sleep"].pk}, follow=True)
    assert len(found(page)) == 1
    assert [field["name"] for field in parsed(page).select("main form [name]")] == [
        *("csrfmiddlewaretoken", "who", "year", "stage")
    ]


def test_what_was_said_about_a_child_is_never_searched(client, sign_in, priya, make_consultation):
    make_consultation(
        about=named_child(first_name="Ada"), concern="Zebra", agreed="Zebra", clinical_note="Zebra"
    )
    assert found(sign_in(client, priya).post(URL, {"who": "zebra"}, follow=True)) == []


def test_twenty_six_cases_make_two_pages(client, sign_in, priya, make_consultation):
    made = [make_consultation(about=no_names_child()).case.reference for _ in range(26)][::-1]
    first = sign_in(client, priya).get(URL)
    assert found(first) == made[:25]
    older = parsed(first).select_one(".nhsuk-pagination a")["href"]
    assert found(client.get(URL + older)) == made[25:]


def test_what_is_typed_is_in_no_address_and_still_in_the_box(client, sign_in, priya, robin):
    answer = sign_in(client, priya).post(URL, {"who": "Robin", "year": "4", "stage": ""})
    assert set(parse_qs(urlsplit(answer.url).query)) == {"year", "find"}
    assert "robin" not in answer.url.lower()
    page = client.get(answer.url)
    assert (parsed(page).select_one("[name=who]")["value"], found(page)) == ("Robin", [robin.reference])


def test_the_address_of_a_search_says_nothing_to_somebody_else(client, sign_in, priya, owen, robin):
    url = sign_in(client, priya).post(URL, {"who": "Robin"}).url
    assert "Robin" not in sign_in(client, owen).get(url).text


def test_a_search_that_is_forgotten_says_so(client, sign_in, priya, owen, robin):
    url = sign_in(client, priya).post(URL, {"who": "Robin"}).url
    forgotten = "Type it again."
    assert forgotten not in client.get(url).text
    assert forgotten not in client.get(URL, {"year": "4"}).text
    assert forgotten in sign_in(client, owen).get(url).text


def test_a_seal_is_for_one_person_and_one_purpose(priya, owen):
    token = seal("Robin", by=priya)
    assert (unseal(token, by=priya), unseal(token, by=owen)) == ("Robin", "")
    assert unseal(cipher().encrypt(b"A clinical note").decode(), by=priya) == ""


@pytest.mark.parametrize("typed", ["abc", "-1", "9" * 25, "9" * 400, "\0"])
@pytest.mark.parametrize("name", ["year", "stage", "theme", "school", "before", "after", "find"])
def test_an_address_made_up_is_a_page_too(client, sign_in, priya, robin, name, typed):
    assert sign_in(client, priya).get(URL, {name: typed}).status_code == 200


NAMES = [
    ("Zoë", "Brontë", ["zoe", "ZOË", "bronte", "zoe bronte", "Zoe\u0308"]),
    ("José", "Núñez", ["jose", "JOSÉ", "nunez"]),
    ("Siobhan", "O'Brien", ["o'brien", "O’Brien", "obrien", "siobhan obr"]),
    ("Sean", "O’Casey", ["o'casey", "ocasey"]),
    ("Anne-Marie", "Smith-Jones", ["anne marie", "anne-m", "Smith-J", "smith jones", "Smith‑Jones"]),
    ("Łukasz", "Wójcik", ["lukasz", "wojcik", "łukasz wójcik"]),
    ("Søren", "Çelik", ["soren", "celik"]),
    ("Nguyễn", "Đặng", ["nguyen", "dang"]),
    ("Zoe\u0308", "Müller", ["zoë", "zoe", "muller"]),
    ("Юлія", "Шевченко", ["юлія", "ЮЛ", "шевченко юлія"]),
    ("Ελένη", "Παππά", ["ελενη", "ΕΛΈΝΗ", "παππα"]),
    ("محمد", "الأحمد", ["محمد", "الأ"]),
    ("রহিম", "উদ্দিন", ["রহিম", "রহিম উ"]),
    ("小明", "王", ["小", "王 小明"]),
]


@pytest.mark.parametrize(("first", "last", "typed"), NAMES, ids=[f"{f} {n}" for f, n, _ in NAMES])
def test_accents_capitals_apostrophes_and_scripts_find_the_child(
    client, sign_in, priya, make_consultation, robin, others, first, last, typed
):
    child = make_consultation(about=named_child(first_name=first, last_name=last)).case
    sign_in(client, priya)
    answers = {words: found(client.post(URL, {"who": words}, follow=True)) for words in typed}
    assert answers == dict.fromkeys(typed, [child.reference])


def test_another_letter_is_another_name(client, sign_in, priya, make_consultation, robin):
    make_consultation(about=named_child(first_name="Юлія", last_name="Zoë"))
    sign_in(client, priya)
    for typed in ("юлиа", "zoa", "z_e", "z%", "zo\\"):
        assert found(client.post(URL, {"who": typed}, follow=True)) == []


def test_the_database_folds_each_letter_as_python_does(make_consultation):
    """What was typed is folded in Python, what is stored by the database."""
    every = "".join(chr(n) for n in range(0x20, 0x3000) if chr(n).isprintable())
    case = make_consultation(about=named_child(first_name="A")).case
    cases = type(case).objects.annotate(text=Folded(Value(every)))
    assert cases.get(pk=case.pk).text == folded(every)
