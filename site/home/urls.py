from django.urls import path

from . import invitations, leaving, time_and_money, users, views

app_name = "home"
urlpatterns = [
    path("", views.Start.as_view(), name="start"),
    path("today/", views.Today.as_view(), name="today"),
    path("overview/", views.Overview.as_view(), name="overview"),
    path("money/", time_and_money.Money.as_view(), name="money"),
    path("time/outcome/", time_and_money.TimeOutcome.as_view(), name="time-outcome"),
    path("needs-doing/", views.NeedsDoing.as_view(), name="needs-doing"),
    path("users/invite/", users.UserInvite.as_view(), name="user-invite"),
    path("users/<int:pk>/give/", users.RoleGive.as_view(), name="role-give"),
    path("users/<int:pk>/leaving/", leaving.Leaving.as_view(), name="leaving"),
    path("visits-to-decide/", leaving.VisitsToDecide.as_view(), name="visits-to-decide"),
    path("invitation/", invitations.InvitationPage.as_view(), name="invitation"),
    path("invitation/<str:token>/", invitations.InvitationLink.as_view(), name="invitation-link"),
]
