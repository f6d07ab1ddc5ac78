from django.urls import path

from . import views

app_name = "schools"
urlpatterns = [
    path("schools/<int:urn>/visits/", views.SchoolVisits.as_view(), name="school-visits"),
    path("schools/<int:urn>/visits/book/", views.VisitBook.as_view(), name="visit-book"),
    path("schools/<int:urn>/people/", views.People.as_view(), name="people"),
    path("schools/<int:urn>/people/add/", views.PersonAdd.as_view(), name="person-add"),
    path(
        "schools/<int:urn>/people/invite-colleague/",
        views.InviteColleague.as_view(),
        name="invite-colleague",
    ),
    path(
        "schools/<int:urn>/people/invite-plan-reader/",
        views.InvitePlanReader.as_view(),
        name="invite-plan-reader",
    ),
    path("schools/<int:urn>/people/<int:pk>/", views.PersonChange.as_view(), name="person-change"),
    path("schools/<int:urn>/people/<int:pk>/leave/", views.PersonLeave.as_view(), name="person-leave"),
    path("agreements/", views.Agreements.as_view(), name="agreements"),
    path("agreements/add/", views.AgreementAdd.as_view(), name="agreement-add"),
    path("agreements/core/", views.CoreOffers.as_view(), name="core-offers"),
    path("agreements/<str:reference>/", views.AgreementPage.as_view(), name="agreement"),
    path("agreements/<str:reference>/change/", views.AgreementChange.as_view(), name="agreement-change"),
    path("agreements/<str:reference>/send/", views.AgreementSend.as_view(), name="agreement-send"),
    path(
        "agreements/<str:reference>/take-back/", views.AgreementTakeBack.as_view(), name="agreement-take-back"
    ),
    path("agreements/<str:reference>/sign/", views.AgreementSign.as_view(), name="agreement-sign"),
    path("agreements/<str:reference>/end/", views.AgreementEnd.as_view(), name="agreement-end"),
    path("agreements/<str:reference>/adjust/", views.AdjustmentAsk.as_view(), name="adjustment-ask"),
    path("adjustments/<int:pk>/agree/", views.AdjustmentAgree.as_view(), name="adjustment-agree"),
    path("adjustments/<int:pk>/decline/", views.AdjustmentDecline.as_view(), name="adjustment-decline"),
    path("money-settings/", views.MoneySettings.as_view(), name="money-settings"),
]
