from django.urls import path

from . import views

app_name = "schools"
urlpatterns = [
    path("schools/<int:urn>/visits/", views.SchoolVisits.as_view(), name="school-visits"),
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
    path("statements/", views.Statements.as_view(), name="statements"),
    path("statements/give-out/", views.StatementsGiveOut.as_view(), name="statements-give-out"),
    path("statements/<int:number>/", views.StatementPage.as_view(), name="statement"),
    path("statements/<int:number>/paper.pdf", views.StatementPdf.as_view(), name="statement-pdf"),
    path("statements/<int:number>/figures.csv", views.StatementCsv.as_view(), name="statement-csv"),
    path("invoices/", views.Invoices.as_view(), name="invoices"),
    path("invoices/issue/", views.InvoicesIssue.as_view(), name="invoices-issue"),
    path("invoices/accounts/", views.AccountsExport.as_view(), name="accounts-export"),
    path("invoices/<int:number>/", views.InvoicePage.as_view(), name="invoice"),
    path("invoices/<int:number>/paper.pdf", views.InvoicePdf.as_view(), name="invoice-pdf"),
    path("invoices/<int:number>/figures.csv", views.InvoiceCsv.as_view(), name="invoice-csv"),
    path("invoices/<int:number>/credit/", views.InvoiceCredit.as_view(), name="invoice-credit"),
    path("credit-notes/<int:number>/", views.CreditNotePage.as_view(), name="credit-note"),
    path("credit-notes/<int:number>/paper.pdf", views.CreditNotePdf.as_view(), name="credit-note-pdf"),
    path("credit-notes/<int:number>/figures.csv", views.CreditNoteCsv.as_view(), name="credit-note-csv"),
]
