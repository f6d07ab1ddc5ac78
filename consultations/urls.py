from django.urls import path

from . import views

app_name = "consultations"
urlpatterns = [
    path("schools/", views.SchoolList.as_view(), name="school-list"),
    path("schools/<int:urn>/", views.SchoolOverview.as_view(), name="school"),
    path(
        "schools/<int:urn>/consultations/", views.SchoolConsultations.as_view(), name="school-consultations"
    ),
    path("schools/<int:urn>/plans/", views.SchoolPlans.as_view(), name="school-plans"),
    path("visits/<str:reference>/", views.VisitPage.as_view(), name="visit"),
    path("visits/<str:reference>/start/", views.VisitStart.as_view(), name="visit-start"),
    path("visits/<str:reference>/add/", views.ConsultationAdd.as_view(), name="consultation-add"),
    path("visits/<str:reference>/preview/", views.SharePreview.as_view(), name="share-preview"),
    path("visits/<str:reference>/finish/", views.VisitFinish.as_view(), name="visit-finish"),
    path("drafts/<uuid:key>/discard/", views.DraftDiscard.as_view(), name="draft-discard"),
    path("consultations/<str:reference>/", views.ConsultationPage.as_view(), name="consultation"),
    path("consultations/<str:reference>/edit/", views.ConsultationChange.as_view(), name="consultation-edit"),
    path("consultations/<str:reference>/told/", views.Safeguarding.as_view(), name="safeguarding"),
    path(
        "consultations/<str:reference>/share/", views.ConsultationShare.as_view(), name="consultation-share"
    ),
    path("shared/<str:reference>/", views.SharePage.as_view(), name="share"),
    path("shared/<str:reference>/copy.pdf", views.SharePdf.as_view(), name="share-pdf"),
    path("shared/<str:reference>/recall/", views.ShareRecall.as_view(), name="share-recall"),
    path(
        "consultations/<str:reference>/clinical-note/", views.ClinicalNotePage.as_view(), name="clinical-note"
    ),
    path("consultations/<str:reference>/plan/", views.PlanAdd.as_view(), name="plan-add"),
    path("cases/", views.CaseSearch.as_view(), name="case-search"),
    path("cases/<str:reference>/", views.CasePage.as_view(), name="case"),
    path("cases/<str:reference>/plan/", views.CasePlan.as_view(), name="case-plan"),
    path("cases/<str:reference>/timeline/", views.CaseTimeline.as_view(), name="case-timeline"),
    path("cases/<str:reference>/access/", views.CaseAccess.as_view(), name="case-access"),
    path("passed-on/", views.PassedOn.as_view(), name="passed-on"),
    path("passed-on/<int:pk>/", views.PassedOnReference.as_view(), name="passed-on-reference"),
    path(
        "passed-on/<int:pk>/acknowledge/", views.PassedOnAcknowledge.as_view(), name="passed-on-acknowledge"
    ),
    path("checks/", views.Checks.as_view(), name="checks"),
    path("checks/named-without-consent/", views.NamedWithoutConsent.as_view(), name="named-without-consent"),
    path("checks/readings/", views.UnusualReadings.as_view(), name="unusual-readings"),
    path("checks/headway/", views.PastTheRule.as_view(), name="past-the-rule"),
    path("checks/referrals/", views.ReferralsOverdue.as_view(), name="referrals-overdue"),
    path("checks/rules/", views.PlanRulesPage.as_view(), name="plan-rules"),
    path("checks/rules/<int:urn>/scale/", views.SchoolScale.as_view(), name="school-scale"),
    path("cases/<str:reference>/stage/", views.CaseStage.as_view(), name="case-stage"),
    path("cases/<str:reference>/referral/", views.ReferralAdd.as_view(), name="referral-add"),
    path("referrals/<int:pk>/update/", views.ReferralUpdatePage.as_view(), name="referral-update"),
    path("cases/<str:reference>/name/", views.CaseName.as_view(), name="case-name"),
    path("cases/<str:reference>/move/", views.CaseMove.as_view(), name="case-move"),
    path("cases/<str:reference>/handover/", views.HandoverPage.as_view(), name="case-handover"),
    path("cases/<str:reference>/consent/", views.ConsentPage.as_view(), name="consent"),
    path("cases/<str:reference>/consent/add/", views.ConsentAdd.as_view(), name="consent-add"),
    path("cases/<str:reference>/consent/competence/", views.CompetenceAdd.as_view(), name="competence"),
    path(
        "cases/<str:reference>/consent/<int:consent>/withdraw/",
        views.ConsentWithdraw.as_view(),
        name="consent-withdraw",
    ),
    path("consents/", views.ConsentsRunningOut.as_view(), name="consents-running-out"),
    path("plans/", views.PlanList.as_view(), name="plan-list"),
    path("plans/<str:reference>/", views.PlanPage.as_view(), name="plan"),
    path("plans/<str:reference>/edit/", views.PlanEdit.as_view(), name="plan-edit"),
    path("plans/<str:reference>/check/", views.PlanCheck.as_view(), name="plan-check"),
    path("plans/<str:reference>/send/", views.PlanSend.as_view(), name="plan-send"),
    path("plans/<str:reference>/sent/", views.PlanSent.as_view(), name="plan-sent"),
    path("plans/<str:reference>/agree/", views.PlanAgree.as_view(), name="plan-agree"),
    path("plans/<str:reference>/school-change/", views.PlanSchoolChange.as_view(), name="plan-school-change"),
    path("plans/<str:reference>/take-back/", views.PlanTakeBackSent.as_view(), name="plan-take-back-sent"),
    path("plans/<str:reference>/review/", views.PlanReview.as_view(), name="plan-review"),
    path("plans/<str:reference>/meeting/", views.MeetingAdd.as_view(), name="meeting-add"),
    path("plans/<str:reference>/share-again/", views.PlanShareAgain.as_view(), name="plan-share-again"),
    path("plans/<str:reference>/copy-for-parents/", views.ParentsCopy.as_view(), name="parents-copy"),
    path("plans/<str:reference>/readers/", views.PlanReaders.as_view(), name="plan-readers"),
    path("plans/<str:reference>/readers/take-back/", views.PlanTakeBack.as_view(), name="plan-take-back"),
    path("carrying-out/", views.CarryingOutList.as_view(), name="carrying-out-list"),
    path("carrying-out/<str:reference>/", views.CarryingOut.as_view(), name="carrying-out"),
    path("carrying-out/<str:reference>/check-in/", views.CheckInPage.as_view(), name="check-in"),
    path("plans/<str:reference>/history/", views.PlanHistory.as_view(), name="plan-history"),
    path(
        "plans/<str:reference>/versions/<int:number>/", views.PlanVersionPage.as_view(), name="plan-version"
    ),
    path(
        "plans/<str:reference>/versions/<int:number>/plan.pdf",
        views.PlanVersionPdf.as_view(),
        name="plan-version-pdf",
    ),
    path("plans/<str:reference>/compare/", views.PlanCompare.as_view(), name="plan-compare"),
    path("plans/<str:reference>/plan.pdf", views.PlanPdf.as_view(), name="plan-pdf"),
    path("plans/<str:reference>/paper/", views.PlanPaper.as_view(), name="plan-paper"),
    path("plans/<str:reference>/hand-out/", views.PlanHandOut.as_view(), name="plan-hand-out"),
    path("papers/<str:reference>/<int:number>/", views.PaperPage.as_view(), name="paper"),
    path("papers/<str:reference>/<int:number>/paper.pdf", views.PaperPdf.as_view(), name="paper-pdf"),
    path("cases/<str:reference>/evidence/", views.Evidence.as_view(), name="evidence"),
    path("cases/<str:reference>/chronology/", views.Chronology.as_view(), name="chronology"),
]
