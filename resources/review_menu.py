"""The buttons of a review on the page that is read. Wagtail shows its own to people who may edit meanwhile,
and nobody may."""

from django.forms import Media
from django.forms.widgets import Script
from django.templatetags.static import static
from django.urls import reverse
from wagtail.admin.action_menu import ActionMenuItem

ICONS = {"approve": "success", "reject": "edit", "take_back": "undo"}


class ReviewMenuItem(ActionMenuItem):
    template_name = "resources/review_menu_item.html"
    # Before Wagtail's own "Page locked".
    order = 10

    def __init__(self, name, label, launch_modal):
        super().__init__()
        self.name, self.label, self.launch_modal = name, label, launch_modal
        self.icon_name = ICONS[name]

    def get_context_data(self, parent_context):
        page = parent_context["page"]
        arguments = [page.pk, self.name, page.current_workflow_task_state.pk]
        return super().get_context_data(parent_context) | {
            "action_url": reverse("wagtailadmin_pages:workflow_action", args=arguments),
            "launch_modal": self.launch_modal,
        }

    @property
    def media(self):
        # Wagtail's own script, told to look for buttons as on the first page of the admin.
        return Media(
            js=[Script(static("wagtailadmin/js/workflow-action.js"), **{"data-activate": "dashboard"})]
        )


def add_review_buttons(menu_items, request, context):
    page = context.get("page")
    task = page and page.pk and page.current_workflow_task
    if not task or not context["locked_for_user"] or context["view"] != "edit":
        return
    ours = [ReviewMenuItem(*action) for action in task.get_actions(page, request.user)]
    if any(item.name == "take_back" for item in ours):
        menu_items[:] = [item for item in menu_items if item.name != "action-cancel-workflow"]
    # The menu opens from its first button.
    menu_items[:0] = sorted(ours, key=lambda item: item.name)
