"""Accepting an invitation: the one page of ours that somebody without an account can use."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from accounts import services as accounts
from accounts.access import address_of
from accounts.forms import AcceptForm
from accounts.models import Invitation
from home import services

SESSION_KEY = "invitation"


def whoever_holds_the_link(role, record):
    """The token is what lets in; it is checked by `find_invitation`."""
    return True


@method_decorator(login_not_required, name="dispatch")
class InvitationLink(View):
    """Takes the token out of the address at once, so that it stands in no address, referrer or error log.

    Every token gets the same answer, the wrong ones too. Only its digest is kept in the session.
    """

    policy = staticmethod(whoever_holds_the_link)
    http_method_names = ["get"]

    def get(self, request, token):
        request.session[SESSION_KEY] = Invitation.digest(token)
        response = redirect("home:invitation")
        response["Referrer-Policy"] = "no-referrer"
        response["Cache-Control"] = "no-store"
        return response


@method_decorator(login_not_required, name="dispatch")
@method_decorator(sensitive_post_parameters("password1", "password2"), name="dispatch")
class InvitationPage(FormView):
    """Who is invited makes an account with this address, or signs in to the one that has it."""

    policy = staticmethod(whoever_holds_the_link)
    template_name = "home/invitation.html"
    form_class = AcceptForm

    def dispatch(self, request, *args, **kwargs):
        self.now = timezone.now()
        self.digest = request.session.get(SESSION_KEY, "")
        try:
            self.invitation = accounts.find_invitation(self.digest, at=self.now)
            response = self.answer(request, *args, **kwargs)
        except accounts.NoSuchInvitation:
            response = render(request, "home/invitation_over.html", status=404)
        response["Cache-Control"] = "no-store"
        return response

    def answer(self, request, *args, **kwargs):
        self.account = accounts.account_of(self.invitation)
        signed_in = request.user if request.user.is_authenticated else None
        if signed_in and signed_in != self.account:
            return render(request, "home/invitation_of_another.html", status=403)
        if self.account and not signed_in:
            sign_in = f"{reverse('account_login')}?next={reverse('home:invitation')}"
            context = {"invitation": self.invitation, "sign_in_url": sign_in}
            return render(request, "home/invitation_sign_in.html", context)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if self.account:
            return self.take_up(person=self.account)
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"email": self.invitation.email}

    def get_initial(self):
        return {"first_name": self.invitation.first_name, "last_name": self.invitation.last_name}

    def form_valid(self, form):
        data = form.cleaned_data
        names = data["first_name"], data["last_name"]
        return self.take_up(names=names, password=data["password1"])

    def take_up(self, **account):
        try:
            row = services.take_up_invitation(
                self.digest, at=self.now, address=address_of(self.request), **account
            )
        except ValidationError as refusal:
            messages.warning(self.request, " ".join(refusal.messages))
            return HttpResponseRedirect(reverse("home:invitation"))
        del self.request.session[SESSION_KEY]
        waits = "" if row.confirmed_at else " The service lead has to confirm it before you can see anything."
        if "person" in account:
            messages.success(self.request, f"You have a new role: {row}.{waits}")
            return redirect("accounts:choose-role")
        messages.success(self.request, f"Your account is ready. Sign in with your new password.{waits}")
        return redirect("account_login")

    def get_context_data(self, **kwargs):
        return super().get_context_data(invitation=self.invitation, account_there=self.account, **kwargs)
