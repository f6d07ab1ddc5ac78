"""The base of every long form: kept while it is typed, saved once, and never silently overwritten."""

import json
from urllib.parse import urlsplit
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect, JsonResponse, QueryDict
from django.urls import Resolver404, get_script_prefix, resolve
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from accounts.access import PolicyMixin, as_uuid, posted_number
from accounts.models import StaleVersion
from accounts.services import digest_of, use_form_key, used_form_key
from consultations.forms.conflict import SAVED, ConflictForm, with_saved
from consultations.models import Draft
from consultations.services import StaleDraft, discard_draft, keep_draft
from web.forms import tidy
from web.words import clock

from .gone_draft import DRAFT_GONE, DRAFT_SAVED, own_use_of
from .naming import AsksAboutNames

NOT_KEPT = {
    "csrfmiddlewaretoken",
    "form_key",
    "page_key",
    "draft_version",
    "later",
    "names_seen",
    "find_more",
    "choosing",
    "version_before",
}
SAVED_BEFORE = (
    "This form was saved already, in another tab or by an earlier press. "
    "What you typed here is kept below. Save again only if you want a second record."
)


def as_kept(post):
    post = tidy(post)
    return {name: post.getlist(name) for name in post if name not in NOT_KEPT}


def as_posted(payload):
    data = QueryDict(mutable=True)
    for name, values in payload.items():
        data.setlist(name, values)
    return data


def fingerprint(payload):
    return digest_of(json.dumps(payload, sort_keys=True))


def reference_in(url):
    """What an address of ours calls the record it is about; "" where it is about none."""
    try:
        return resolve("/" + urlsplit(url).path.removeprefix(get_script_prefix())).kwargs.get("reference", "")
    except Resolver404:
        return ""


def add_refusal(form, refusal):
    """What a service refused, beside the field it is about where the form has that field."""
    by_field = refusal.message_dict if hasattr(refusal, "error_dict") else {None: refusal.messages}
    for name, said in by_field.items():
        form.add_error(name if name in form.fields else None, said)


class DraftedForm(AsksAboutNames, PolicyMixin, TemplateView):
    """A subclass gives `kind`, `make_form`, `draft_place`, `save` and `later_url`.

    `save(form)` calls the services and returns (where to go, what to say). It may raise ValidationError,
    shown on the form, or StaleVersion, shown beside what was typed.
    """

    template_name = "consultations/drafted_form.html"
    kind = None

    def get(self, request, *args, **kwargs):
        if not request.GET.get("draft"):
            return self.show(self.make_form(), key=uuid4())
        key = as_uuid(request.GET["draft"])
        draft = Draft.objects.visible_to(self.role).filter(key=key, path=request.path).first()
        if draft is None:
            return self.lead_on(key)
        form = self.make_form(as_posted(draft.payload)).show_as_typed()
        return self.show(form, key=draft.key, draft_version=draft.version)

    def lead_on(self, key):
        """From a draft that is not here. Of somebody else's it says what it says of one that never was."""
        used = own_use_of(key, self.request.user)
        saved = self.saved_as(reference_in(used.led_to)) if used else None
        messages.warning(self.request, DRAFT_SAVED if used else DRAFT_GONE)
        return HttpResponseRedirect(saved.get_absolute_url() if saved else self.later_url())

    def saved_as(self, reference):
        """The record with this reference that this form makes, if the reader may see it; None where the form
        makes none."""
        return None

    def post(self, request, *args, **kwargs):
        key = as_uuid(request.POST.get("form_key")) or uuid4()
        if "autosave" in request.GET:
            return self.autosave(key)
        if "later" in request.POST:
            # A draft under the key of a form that was saved would go with it.
            self.keep(uuid4() if used_form_key(key) else key)
            messages.success(request, "Saved as a draft. Only you can see it.")
            return HttpResponseRedirect(self.later_url())
        return self.save_as_finished(key)

    def autosave(self, key):
        if not used_form_key(key):
            try:
                draft = keep_draft(key, as_kept(self.posted), **self.draft_values())
            except (StaleDraft, IntegrityError):
                return JsonResponse({}, status=409)
            return JsonResponse({"saved_at": clock(draft.saved_at)})
        return JsonResponse({"saved_at": clock(timezone.now())})

    def save_as_finished(self, key):
        used = used_form_key(key)
        if used:
            return self.saved_before(used)
        if "choosing" in self.request.POST:
            return self.save_as_chosen(key)
        return self.save_typed(key, self.posted)

    @cached_property
    def posted(self):
        return tidy(self.request.POST)

    def save_as_chosen(self, key):
        """Both versions stood side by side: what was chosen of each is saved, or asked for again."""
        form = self.make_form(self.posted)
        if not form.is_valid():
            return self.keep_choices(key)
        names = set(self.request.POST.getlist("choosing"))
        shown = [row for row in self.compare(form, self.record).get("differences", []) if row[0] in names]
        conflict = ConflictForm(self.request.POST, differences=shown)
        if not conflict.is_valid():
            draft = self.keep(key)
            return self.show(form, draft.key, draft.version, stale=self.record, conflict=conflict)
        data = with_saved(self.request.POST, self.saved_form(), conflict.to_take_back())
        return self.save_typed(key, data)

    def keep_choices(self, key):
        """The form has mistakes: it comes back with what was kept of the saved record in place, and the rest
        is compared once more when it is right."""
        post = self.request.POST
        kept = [name for name in post.getlist("choosing") if post.get(f"keep-{name}") == SAVED]
        data = with_saved(post, self.saved_form(), kept)
        data["opened_version"] = "0"
        form, draft = self.make_form(data), self.keep(key)
        return self.show(form, draft.key, draft.version, stale=self.record if form.is_valid() else None)

    def saved_form(self):
        """The form with what somebody else saved for its answers."""
        return self.make_form()

    def save_typed(self, key, data):
        form = self.make_form(data)
        if form.is_valid():
            if self.has_names_to_ask_about(form):
                draft = self.keep(key)
                return self.show(form, draft.key, draft.version)
            try:
                return self.save_once(form, key)
            except IntegrityError:
                used = used_form_key(key)
                if not used:
                    raise
                return self.saved_before(used)
            except StaleVersion as stale:
                draft = self.keep(key)
                return self.show(form, draft.key, draft.version, stale=stale.record)
            except ValidationError as refusal:
                add_refusal(form, refusal)
        draft = self.keep(key)
        return self.show(form, draft.key, draft.version)

    def lane_of(self, form):
        """The lane of what a valid form is about."""
        return self.draft_place()["case"].lane

    def has_names_to_ask_about(self, form):
        partnership, lane = self.draft_place()["partnership"], self.lane_of(form)
        return self.must_ask_about_names(form.free_texts(), lane=lane, partnership=partnership)

    def save_once(self, form, key):
        with transaction.atomic():
            url, message = self.save(form)
            digest = fingerprint(as_kept(self.posted))
            use_form_key(key, by=self.request.user, led_to=url, fingerprint=digest)
            discard_draft(key, by=self.request.user)
        messages.success(self.request, message)
        return HttpResponseRedirect(url)

    def saved_before(self, used):
        """Save pressed twice leads to the one record; something else typed in another tab is kept."""
        mine = used.person_id == self.request.user.pk
        if mine and used.fingerprint == fingerprint(as_kept(self.posted)):
            return HttpResponseRedirect(used.led_to)
        form = self.make_form(self.posted)
        form.is_valid()
        form.add_error(None, SAVED_BEFORE)
        return self.show(form, key=uuid4())

    def keep(self, key):
        """Keep what was typed. When the draft was saved elsewhere since, both are kept."""
        kept = as_kept(self.posted)
        try:
            with transaction.atomic():
                return keep_draft(key, kept, **self.draft_values())
        except (StaleDraft, IntegrityError):
            return keep_draft(uuid4(), kept, **self.draft_values())

    def draft_values(self):
        return {
            "by": self.request.user,
            "at": timezone.now(),
            "path": self.request.path,
            "page": as_uuid(self.request.POST.get("page_key")) or uuid4(),
            "opened_version": posted_number(self.request, "draft_version"),
            "kind": self.kind,
            **self.draft_place(),
        }

    def show(self, form, key, draft_version="", stale=None, conflict=None):
        compared = self.compare(form, stale) if stale else {}
        if compared.get("differences") and conflict is None:
            conflict = ConflictForm(differences=compared["differences"])
        context = self.get_context_data(
            form=form,
            conflict=conflict,
            formsets=[*filter(None, [conflict]), *form.rows.values()],
            form_key=key,
            page_key=uuid4(),
            draft_version=draft_version,
            autosave_url=f"{self.request.path}?autosave=1",
            stale=stale,
            **self.about_names(),
            **compared,
        )
        context["opened_version"] = self.version_on_page(form, stale)
        return self.render_to_response(context)

    def version_on_page(self, form, stale):
        """The version the person has seen. After both stood side by side, the newest."""
        if stale:
            return self.current_version()
        return form.data.get("opened_version", "") if form.is_bound else self.version_read()

    def version_read(self):
        """That of what the page has read, for a form that is opened."""
        return self.current_version()

    def current_version(self):
        return ""

    def compare(self, form, stale):
        """The context that shows both versions when somebody else saved first."""
        return {}
