from web.summary import error_summary, summary_items

from .sink import Sink, Steps, steps


def links(*things):
    return [(item["text"], item["href"]) for item in summary_items(*things)]


def test_every_message_is_there_once_in_the_order_of_the_page_with_a_link_to_its_control():
    assert links(Sink({"review_on_day": "4"}), steps("", "Sam", "")) == [
        ("Select who this is about", "#id_subject_0"),
        ("Enter e-mail", "#id_email"),
        ("Enter password", "#id_password"),
        ("Enter minutes", "#id_minutes"),
        ("Enter what you agreed", "#id_agreed"),
        ("Select an answer to “How close is this today?”", "#id_rating_0"),
        ("The review date must include a month and a year", "#id_review_on_month"),
        ("Select the parents or carers know", "#id_told"),
        ("Enter who will do it", "#id_steps-0-who"),
        ("Enter who will do it", "#id_steps-2-who"),
    ]


def test_what_a_choice_reveals_comes_where_it_stands_on_the_page():
    form = Sink({})
    form.add_error("themes", "Choose up to 3 topics")
    form.add_error("detail", "Enter what else")
    found = [href for text, href in links(form)]
    assert found.index("#id_detail") == found.index("#id_themes_0") + 1


def test_formsets_may_come_in_a_list():
    assert links([steps("")]) == links(steps("")) != []


def test_every_link_goes_to_a_control_that_is_on_the_page(draw):
    form = Sink({})
    page = draw(form)
    for text, href in links(form):
        target = page.find(id=href.removeprefix("#"))
        assert target is not None, text
        assert target.name in ("input", "select", "textarea")


def test_an_error_of_the_whole_form_links_to_its_first_control():
    form = Sink({})
    form.add_error(None, "That is not possible")
    assert links(form)[0] == ("That is not possible", "#id_subject_0")


def test_an_error_of_a_hidden_field_is_plain_text(soup):
    form = Sink({})
    form.add_error("version", "This was changed by somebody else")
    assert ("This was changed by somebody else", None) in links(form)
    assert soup(error_summary(form)).find("li", string=lambda text: text and "somebody else" in text)


def test_an_error_of_the_whole_formset_is_there():
    class AtLeastOne(Steps):
        def clean(self):
            from django.core.exceptions import ValidationError

            raise ValidationError("Add at least one step")

    formset = AtLeastOne({"steps-TOTAL_FORMS": "1", "steps-INITIAL_FORMS": "0"}, prefix="steps")
    assert links(formset) == [("Add at least one step", "#id_steps-0-who")]


def test_a_deleted_row_has_no_errors():
    from django import forms

    from .sink import Step

    rows = forms.formset_factory(Step, extra=0, can_delete=True)
    data = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-who": "", "form-0-DELETE": "on"}
    assert links(rows(data)) == []


def test_forms_without_errors_and_missing_forms_print_nothing():
    assert error_summary(Sink(), None, "", [], Steps(prefix="steps")) == ""


def test_the_summary_escapes_what_a_message_quotes(soup):
    form = Sink({})
    form.add_error("agreed", "<script>alert(1)</script>")
    assert not soup(error_summary(form))("script")
