from django.urls import path

from . import views

app_name = "accounts"
urlpatterns = [path("role/", views.ChooseRole.as_view(), name="choose-role")]
