from django.urls import path

from . import views

app_name = "home"
urlpatterns = [
    path("", views.Start.as_view(), name="start"),
    path("today/", views.Today.as_view(), name="today"),
    path("overview/", views.Overview.as_view(), name="overview"),
    path("needs-doing/", views.NeedsDoing.as_view(), name="needs-doing"),
]
