"""A proposal for the library is refused while its words lead back to the child, the school or an adult."""

import pytest

from consultations.services.leaving_out import own_name, telling_words
from resources.models import StrategyPage
from schools.services import add_person
from tests.filling import problems
from tests.records import named_child, whole_class

from .proposing import WRITTEN, plan_of, url_of


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("title", "Books for Zaqfirst", "“Zaqfirst”"),
        ("summary", "ZAQLAST's books.", "“ZAQLAST”"),
        ("steps", "Give zaqfirst the books.\nAsk Zaqlast.", "“zaqfirst” and “Zaqlast”"),
        ("steps", "Give Z.Z. the books.", "“Z.Z.”"),
        ("steps", "Give ZZ the books.", "“ZZ”"),
        ("summary", "As done at Quillbrook Primary.", "“Quillbrook”"),
        ("summary", "As done at quillbrook.", "“quillbrook”"),
    ],
)
def test_words_that_lead_back_to_the_child_are_refused(form, name, text, found):
    page = form.send(**{name: text})
    assert problems(page) == [f"Take out {found}. Write it for any child"]
    assert not StrategyPage.objects.filter(live=False).exists()


def test_so_are_the_names_of_adults_of_the_school_and_of_who_took_part(form, step):
    adult = step.who.name
    page = form.send(steps=f"Ask {adult.upper()}.")
    assert problems(page) == [f"Take out “{adult}”. Write it for any child"]


@pytest.fixture
def telling(step, quillbrook, priya, role_of):
    """What is known of the case, where these people work at its school."""

    def make(*names):
        for name in names:
            add_person(quillbrook, name=name, job="Teaching assistant", by=priya)
        return telling_words(plan_of(step).case, role_of(priya))

    return make


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ask Mr Okoro", ["Okoro"]),
        ("Sam sits with him, and OKORO’S book", ["Sam", "OKORO"]),
        ("sam okoro helps", ["Sam Okoro"]),
        ("Ask Lindqvist. Then Mrs Lindqvist", ["Lindqvist"]),
        ("Write it on a page. Mr Page helps", ["Page"]),
        ("Page one is for Mum. The class teacher and the TA help", []),
    ],
)
def test_a_part_of_an_adults_name_counts_but_no_title_job_or_ordinary_word(telling, text, found):
    people = ["Sam Okoro", "Mrs Lindqvist (TA)", "Page", "Class teacher", "The mum"]
    assert telling(*people).found_in(text) == found


def test_a_school_whose_name_is_two_words_of_many_schools_refuses_none_of_them(telling, quillbrook):
    quillbrook.school.name = "The College"
    quillbrook.school.save()
    assert telling().found_in("The adults of the college, The College") == []


@pytest.mark.parametrize(
    ("school", "own"),
    [
        ("Quillbrook Primary School", "Quillbrook"),
        ("Tansy Hill Church of England (Aided) Infant School", "Tansy Hill"),
        ("The Tansy Academy", "Tansy"),
        ("Quillbrook C.E. School", "Quillbrook"),
        ("The College", ""),
        ("Academy", ""),
    ],
)
def test_of_a_schools_name_counts_what_is_its_own(school, own):
    assert own_name(school) == own


def test_so_is_the_name_of_another_child_named_at_the_school(form, make_consultation):
    make_consultation(about=named_child(first_name="Xenophon"))
    page = form.send(title="What Xenophon did")
    assert problems(page) == ["Take out “Xenophon”. Write it for any child"]


def test_so_are_the_name_of_a_class_and_the_reference_of_a_case(tab, priya, step_about):
    step = step_about(whole_class(group_name="Year 3 Otters"), "Play outside.")
    form = tab(priya, url_of(step), **WRITTEN)
    case = plan_of(step).case.reference
    page = form.send(title="For year 3 otters", summary=f"From {case}.")
    assert problems(page) == [
        "Take out “Year 3 Otters”. Write it for any child",
        f"Take out “{case}”. Write it for any child",
    ]


def test_words_that_schools_use_are_no_initials(tab, priya, step_about):
    step = step_about(named_child(first_name="Tim", last_name="Abel"), "Play outside.")
    form = tab(priya, url_of(step), **WRITTEN)
    assert problems(form.send(title="Ask T. A.")) == ["Take out “T. A.”. Write it for any child"]
    assert form.send(title="Ask the TA").status_code == 302
