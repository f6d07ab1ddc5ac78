from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from resources.models import Synonym


class SynonymPages(SnippetViewSet):
    """Where editors add what people type, in the menu of the editing pages."""

    model = Synonym
    icon = "search"
    add_to_admin_menu = True
    menu_label = "Synonyms"
    list_display = ["typed", "means"]
    search_fields = ["typed", "means"]
    panels = [FieldPanel("typed"), FieldPanel("means")]
