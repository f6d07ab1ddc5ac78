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
]
