"""The pages of django-allauth that are in use, and no others: nobody signs up or adds an address."""

from allauth.account import views
from allauth.mfa.base import views as factor_views
from django.urls import path, re_path

from accounts import provider_sign_in, sessions, sign_in_views

urlpatterns = [
    path("login/", sign_in_views.SignIn.as_view(), name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("signup/", views.signup, name="account_signup"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("stay/", sign_in_views.StaySignedIn.as_view(), name="account_stay"),
    # The second factor
    path("ways/", sign_in_views.HowYouSignIn.as_view(), name="mfa_index"),
    path("code/", sign_in_views.SecondStep.as_view(), name="mfa_authenticate"),
    path("code/again/", factor_views.reauthenticate, name="mfa_reauthenticate"),
    path("app/", sign_in_views.SetUpApp.as_view(), name="mfa_activate_totp"),
    path("app/remove/", sign_in_views.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("recovery-codes/", sign_in_views.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", sign_in_views.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("passkeys/add/", sign_in_views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/remove/", sign_in_views.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("passkeys/login/", sign_in_views.SignInWithPasskey.as_view(), name="mfa_login_webauthn"),
    path("passkeys/again/", sign_in_views.ConfirmWithPasskey.as_view(), name="mfa_reauthenticate_webauthn"),
    # Where somebody is signed in
    path("sessions/", sessions.WhereSignedIn.as_view(), name="usersessions_list"),
    path("sessions/elsewhere/", sessions.SignOutElsewhere.as_view(), name="account_sign_out_elsewhere"),
    path("sessions/everywhere/", sessions.SignOutEverywhere.as_view(), name="account_sign_out_everywhere"),
    # An organisation's own sign-in
    path("with/<slug:provider_id>/", provider_sign_in.login, name="openid_connect_login"),
    path("with/<slug:provider_id>/back/", provider_sign_in.callback, name="openid_connect_callback"),
]
