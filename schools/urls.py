from django.urls import path

from . import views

app_name = "schools"
urlpatterns = [
    path("schools/<int:urn>/visits/", views.SchoolVisits.as_view(), name="school-visits"),
    path("schools/<int:urn>/time/", views.SchoolTime.as_view(), name="school-time"),
    path("time/", views.OwnTime.as_view(), name="time"),
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
    path("time/buy/", views.Buy.as_view(), name="buy"),
    path("time/buy/when/", views.BuyWhen.as_view(), name="buy-when"),
    path("time/buy/order-number/", views.BuyOrderNumber.as_view(), name="buy-order-number"),
    path("time/buy/check/", views.BuyCheck.as_view(), name="buy-check"),
    path("time/lines/<int:pk>/query/", views.EntryQueries.as_view(), name="entry-query"),
    path("time/queries/", views.UnansweredQueries.as_view(), name="entry-queries"),
    path("time/queries/<int:pk>/", views.QueryAnswer.as_view(), name="query-answer"),
    path("orders/", views.Orders.as_view(), name="orders"),
    path("orders/<int:number>/", views.OrderPage.as_view(), name="order"),
    path("orders/<int:number>/sent/", views.OrderSent.as_view(), name="order-sent"),
    path("orders/<int:number>/approve/", views.OrderApprove.as_view(), name="order-approve"),
    path("orders/<int:number>/decline/", views.OrderDecline.as_view(), name="order-decline"),
    path("orders/<int:number>/cancel/", views.OrderCancel.as_view(), name="order-cancel"),
    path("orders/<int:number>/agree/", views.OrderAgree.as_view(), name="order-agree"),
    path("orders/<int:number>/offer/", views.OrderOffer.as_view(), name="order-offer"),
    path("orders/<int:number>/accept/", views.OrderAccept.as_view(), name="order-accept"),
    path("capacity/", views.Capacities.as_view(), name="capacities"),
]
