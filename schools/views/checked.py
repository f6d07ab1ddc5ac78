"""A form that is carried out after a page which shows what it is going to do."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.views.generic import FormView

from accounts.access import as_uuid
from accounts.services import use_form_key, used_form_key
from web.errors import resend_fields

from .once import add_refusal

OF_THE_PAGE = ("confirm", "change", "seen", "form_key", "opened_version")


class CheckedForm(FormView):
    """A subclass gives `check(form)`, the page with what would happen (`checking()` is part of its context),
    and `carry_out(form)`, which calls the services and returns (where to go, what to say).

    Pressed twice it is done once. A ValidationError of a service stands on the form.
    """

    def form_valid(self, form):
        if "change" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        if "confirm" not in self.request.POST:
            return self.check(form)
        used = used_form_key(self.form_key)
        if used and used.person_id == self.request.user.pk:
            return HttpResponseRedirect(used.led_to)
        return self.confirmed(form)

    @property
    def form_key(self):
        return as_uuid(self.request.POST.get("form_key")) or uuid4()

    def checking(self):
        typed = [pair for pair in resend_fields(self.request) if pair[0] not in OF_THE_PAGE]
        return {"checking": True, "form_key": uuid4(), "resend_fields": typed}

    def confirmed(self, form):
        try:
            with transaction.atomic():
                url, said = self.carry_out(form)
                use_form_key(self.form_key, by=self.request.user, led_to=url)
        except IntegrityError:
            used = used_form_key(self.form_key)
            if not used:
                raise
            return HttpResponseRedirect(used.led_to)
        except ValidationError as refusal:
            add_refusal(form, refusal)
            return self.form_invalid(form)
        messages.success(self.request, said)
        return HttpResponseRedirect(url)
