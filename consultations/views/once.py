"""A short form that makes its record once, however often Save is pressed."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.generic import FormView

from accounts.access import PolicyMixin, as_uuid
from accounts.models import StaleVersion
from accounts.services import use_form_key, used_form_key
from consultations.forms.conflict import beside

from .drafting import SAVED_BEFORE, add_refusal, as_kept, fingerprint
from .naming import AsksAboutNames


def asked_to_go_on(request):
    """Where the page was opened from and leads back to; "" unless that is a page of cases or plans."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    if len(url) > 100 or not url.isprintable() or not url.startswith("/"):
        return ""
    try:
        ours = resolve(url.split("?")[0]).namespace == "consultations"
    except Resolver404:
        ours = False
    return url if ours and url_has_allowed_host_and_scheme(url, allowed_hosts=None) else ""


class OnceForm(PolicyMixin, FormView):
    """A subclass gives `save(form)`, which calls the services and returns (where to go, what to say).

    A ValidationError of a service stands on the form. The same form sent again leads to where it led first.
    """

    template_name = "consultations/once_form.html"
    new_key = None

    def form_valid(self, form):
        key = as_uuid(self.request.POST.get("form_key")) or uuid4()
        used = used_form_key(key)
        if used:
            return self.saved_before(form, used)
        try:
            return self.save_once(form, key)
        except IntegrityError:
            used = used_form_key(key)
            if not used:
                raise
            return self.saved_before(form, used)
        except ValidationError as refusal:
            add_refusal(form, refusal)
            return self.form_invalid(form)

    def save_once(self, form, key):
        with transaction.atomic():
            url, message = self.save(form)
            digest = fingerprint(as_kept(self.request.POST))
            use_form_key(key, by=self.request.user, led_to=url, fingerprint=digest)
        messages.success(self.request, message)
        return HttpResponseRedirect(url)

    def saved_before(self, form, used):
        if self.is_same(used):
            return HttpResponseRedirect(used.led_to)
        self.new_key = uuid4()
        form.add_error(None, SAVED_BEFORE)
        return self.form_invalid(form)

    def is_same(self, used):
        """Whether the form was saved before by this person as it is now."""
        mine = used.person_id == self.request.user.pk
        return mine and used.fingerprint == fingerprint(as_kept(self.request.POST))

    def get_context_data(self, **kwargs):
        key = self.new_key or as_uuid(self.request.POST.get("form_key")) or uuid4()
        return super().get_context_data(form_key=key, next=asked_to_go_on(self.request), **kwargs)


class OnceOn(AsksAboutNames, OnceForm):
    """The same about a record that others may change meanwhile, and about a case that may hold no name."""

    template_name = "consultations/once_on.html"
    stale = False
    both_versions = ()

    def post(self, request, *args, **kwargs):
        """The second press of Save finds the record moved on by the first: it is answered unread."""
        used = used_form_key(as_uuid(request.POST.get("form_key")) or uuid4())
        if used and self.is_same(used):
            return HttpResponseRedirect(used.led_to)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        case = self.get_case()
        place = {"lane": case.lane, "partnership": case.partnership}
        if self.must_ask_about_names(form.free_texts(), **place):
            return self.render_to_response(self.get_context_data(form=form))
        try:
            return super().form_valid(form)
        except StaleVersion:
            self.record, self.stale = self.find_record(), True
            newest = self.saved_meanwhile()
            self.both_versions = beside(form, newest) if newest else []
            form.add_error(None, "This changed while you had the page open. Look at it, then save again.")
            return self.form_invalid(form)

    def saved_meanwhile(self):
        """What somebody else saved, with the answers of this form under their names."""

    def get_context_data(self, **kwargs):
        seen = self.opened_version if self.request.method == "POST" and not self.stale else None
        kwargs.setdefault("section", self.get_case().partnership.school.name)
        return super().get_context_data(
            opened_version=self.record.version if seen is None else seen,
            both_versions=self.both_versions,
            **self.about_names(),
            **kwargs,
        )
