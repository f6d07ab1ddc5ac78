from django.urls import path

from . import audit_views, invitation_views, role_views, user_views, views

app_name = "accounts"
urlpatterns = [
    path("role/", views.ChooseRole.as_view(), name="choose-role"),
    path("users/", user_views.Users.as_view(), name="users"),
    path("users/<int:pk>/", user_views.UserPage.as_view(), name="user"),
    path("users/<int:pk>/close/", user_views.UserClose.as_view(), name="user-close"),
    path("users/<int:pk>/second-step/", user_views.UserSecondStep.as_view(), name="user-second-step"),
    path("users/<int:pk>/open/", user_views.UserOpen.as_view(), name="user-open"),
    path("roles/<int:pk>/end/", role_views.RoleEnd.as_view(), name="role-end"),
    path("roles/<int:pk>/approves/", role_views.RoleApproves.as_view(), name="role-approves"),
    path(
        "roles/<int:pk>/approves-no-more/",
        role_views.RoleApproves.as_view(approves=False),
        name="role-approves-no-more",
    ),
    path("roles/<int:pk>/confirm/", role_views.RoleConfirm.as_view(), name="role-confirm"),
    path("roles/<int:pk>/decline/", role_views.RoleDecline.as_view(), name="role-decline"),
    path("invitations/<int:pk>/again/", invitation_views.InvitationAgain.as_view(), name="invitation-again"),
    path(
        "invitations/<int:pk>/revoke/", invitation_views.InvitationRevoke.as_view(), name="invitation-revoke"
    ),
    path("audit/", audit_views.Audit.as_view(), name="audit"),
    path("audit/e-mails/", audit_views.Emails.as_view(), name="emails"),
]
