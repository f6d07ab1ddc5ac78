"""The gate. Every page of ours is built on these; a page that names no policy does not open."""

from functools import partial
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views import View

from accounts.models import RoleRow, StaleVersion
from accounts.services import log_reading
from web.behind import behind
from web.errors import is_our_own_form, resend_fields
from web.prepared import prepared

SESSION_KEY = "role"
BIGGEST_KEY = 2**63 - 1


def usable_roles(request):
    """The roles the person could work in now, asked for once in a request."""
    if not request.user.is_authenticated:
        return []
    if not hasattr(request, "_usable_roles"):
        request._usable_roles = roles_of(request.user.pk) if request.user.is_active else []
    return request._usable_roles


@prepared
def roles_of(person_pk):
    return RoleRow.objects.usable_by(person_pk, timezone.localdate())


def role_in_use(request):
    """The role row this request works in, or None when there is none or the person has yet to choose."""
    if not request.user.is_authenticated:
        return None
    usable = usable_roles(request)
    chosen = request.session.get(SESSION_KEY)
    return next((row for row in usable if row.pk == chosen), usable[0] if len(usable) == 1 else None)


def choose_a_role_first(request):
    """Nothing opens without a role in use; what was sent without one is kept to be sent again."""
    if not is_our_own_form(request):
        return redirect("accounts:choose-role")
    kept = {"resend_fields": resend_fields(request), "resend_url": request.get_full_path()}
    return render(request, "accounts/choose_first.html", kept, status=403)


class PolicyMixin:
    """Answers no until a policy says yes.

    `policy` is a plain function of (role in use, record). The record comes from `get_visible`, a queryset
    that began at `visible_to`: outside it is 404, because you may not know that it exists; inside it
    the policy decides, and its no is 403. A page without a record asks its policy with None.
    """

    policy = None
    lookup = "reference"
    # Whether what it shows may be seconds old: docs/adr/0046. Only where no row of it is closed, ended or
    # taken back for whoever has the role. The role, the record and the policy never are.
    lag_tolerated = False

    def dispatch(self, request, *args, **kwargs):
        if self.policy is None:
            raise ImproperlyConfigured(f"{type(self).__name__} names no policy.")
        if not request.role and self.needs_a_role():
            return choose_a_role_first(request)
        self.role = request.role
        self.record = self.find_record()
        if not type(self).policy(self.role, self.record):
            raise PermissionDenied
        answer = partial(super().dispatch, request, *args, **kwargs)
        response = behind(request, answer) if self.lag_tolerated else answer()
        response["Cache-Control"] = "no-store"
        # By it a view refers to itself: all that was read for a page would wait for the garbage collector.
        self.__dict__.pop("head", None)
        return response

    def needs_a_role(self):
        """Whether it is for people who work here. Where it says no, the policy is asked without a role."""
        return True

    def get_visible(self):
        """The rows this page may be about, from `visible_to(self.role)`; None for a page about none."""
        return None

    def find_record(self):
        rows = self.get_visible()
        if rows is None:
            return None
        return get_object_or_404(rows, **{self.lookup: self.key()})

    def key(self):
        """What the address calls the record."""
        key = self.kwargs[self.lookup]
        # No database can be asked about a number that none can hold, nor PostgreSQL about a NUL character.
        if "\0" in str(key) or (isinstance(key, int) and key > BIGGEST_KEY):
            raise Http404
        return key

    def the_only(self, rows):
        """Of rows read by a prepared function for the key of the address: one, or the page is not found."""
        if not rows:
            raise Http404
        return rows[0]

    @property
    def today(self):
        return timezone.localdate()

    @property
    def opened_version(self):
        """The version of the record that the person saw; 0, which is never current, when it is missing.

        A form that comes back with errors holds this one again, not the newest: who has to correct a date
        has still not seen what somebody else saved meanwhile.
        """
        return posted_number(self.request, "opened_version") or 0


def address_of(request):
    """Where a request came from, as the sign-in log has it."""
    return get_adapter().get_client_ip(request)


def as_uuid(text):
    """A key out of a form or an address; None for what is none."""
    try:
        return UUID(str(text))
    except ValueError:
        return None


def posted_number(request, name):
    typed = request.POST.get(name, "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else None


class LogsReading:
    """A page, paper or export that shows a case: one row in the reading log each time it is given out."""

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        # A draft kept while typing answers with JSON and shows nothing.
        if response.status_code == 200 and not isinstance(response, JsonResponse):
            self.log()
        return response

    def get_case(self):
        return self.record.case

    def get_read_record(self):
        """What was opened: something that is called by its reference, which the log keeps."""
        return self.record

    def log(self):
        door, record = self.request.resolver_match.view_name, self.get_read_record()
        log_reading(self.get_case(), role=self.role, record=record, door=door, at=timezone.now())


class ButtonView(PolicyMixin, View):
    """A button: a POST to its own URL. `press` does the one thing and returns the message to show."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        try:
            message = self.press(self.record)
        except StaleVersion:
            messages.warning(request, "This changed while you had the page open. Look at it as it is now.")
        except ValidationError as refusal:
            messages.warning(request, " ".join(refusal.messages))
        else:
            if message:
                messages.success(request, message)
        return HttpResponseRedirect(self.get_return_url())

    def get_return_url(self):
        return self.record.get_absolute_url()
