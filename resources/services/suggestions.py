from resources.models import StrategyPage


def suggest_strategies(theme_ids, key_stage, limit=5):
    """Published strategies to offer in a plan, as a list, the closest first, in two queries.

    A strategy for one of the themes always comes before its key stage counts. With themes chosen, nothing
    about another concern is offered to fill the list: too few is honest. Without themes, those for the
    key stage. `key_stage` is a plain code, or None for a whole school or staff.
    """
    theme_ids = list(theme_ids)
    closest = StrategyPage.objects.live().closest_to(theme_ids, key_stage).prefetch_related("themes")
    return list(closest[:limit])
