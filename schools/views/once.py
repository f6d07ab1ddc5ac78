"""A form that makes its record once, however often Save is pressed."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.views.generic import FormView

from accounts.access import PolicyMixin, as_uuid
from accounts.models import StaleVersion
from accounts.services import digest_of, use_form_key, used_form_key

NOT_OF_THE_ANSWER = ("csrfmiddlewaretoken", "form_key", "opened_version")
SAVED_BEFORE = "This form was saved before with other answers. Press the button again to save these too."
CHANGED = "This changed while you had the page open. Look at it as it is now, then save again."


class SaveOnce(PolicyMixin, FormView):
    """A subclass gives `save(form)`, which calls the services and returns (where to go, what to say).

    A ValidationError of a service stands on the form. The same form sent again leads to where it led first.
    """

    template_name = "schools/once_form.html"
    new_key = None
    seen_version = None

    @property
    def form_key(self):
        return as_uuid(self.request.POST.get("form_key"))

    def post(self, request, *args, **kwargs):
        """The second press finds the record moved on by the first: it is answered unread."""
        used = self.form_key and used_form_key(self.form_key)
        if used and self.is_same(used):
            return HttpResponseRedirect(used.led_to)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        key = self.form_key or uuid4()
        if used_form_key(key):
            return self.not_saved(form, SAVED_BEFORE, new_key=uuid4())
        try:
            return self.save_once(form, key)
        except IntegrityError:
            used = used_form_key(key)
            if not used:
                raise
            return HttpResponseRedirect(used.led_to)
        except StaleVersion as stale:
            self.record, self.seen_version = self.find_record(), stale.record.version
            return self.not_saved(form, CHANGED)
        except ValidationError as refusal:
            add_refusal(form, refusal)
            return self.form_invalid(form)

    def save_once(self, form, key):
        with transaction.atomic():
            url, message = self.save(form)
            use_form_key(key, by=self.request.user, led_to=url, fingerprint=self.fingerprint())
        messages.success(self.request, message)
        return HttpResponseRedirect(url)

    def not_saved(self, form, message, new_key=None):
        self.new_key = new_key
        form.add_error(None, message)
        return self.form_invalid(form)

    def is_same(self, used):
        return used.person_id == self.request.user.pk and used.fingerprint == self.fingerprint()

    def fingerprint(self):
        sent = [(name, values) for name, values in self.request.POST.lists() if name not in NOT_OF_THE_ANSWER]
        return digest_of(repr(sorted(sent)))

    def get_context_data(self, **kwargs):
        version = self.seen_version or self.opened_version or getattr(self.record, "version", 0)
        return super().get_context_data(
            form_key=self.new_key or self.form_key or uuid4(), opened_version=version, **kwargs
        )


def add_refusal(form, refusal):
    """What a service refused, beside the field it is about where the form has that field."""
    by_field = refusal.message_dict if hasattr(refusal, "error_dict") else {None: refusal.messages}
    for name, said in by_field.items():
        form.add_error(name if name in form.fields else None, said)
