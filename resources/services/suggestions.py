from resources.models import KeyStage, Setting, StrategyPage
from web.words import listed

FOR_WHOM = {
    Setting.CHILD: "for one child",
    Setting.GROUP: "for a group",
    Setting.CLASS: "for a class",
    Setting.YEAR_GROUP: "for a year group",
    Setting.SCHOOL: "for the whole school",
}


def suggest_strategies(theme_ids, key_stage, setting, limit=5):
    """Published strategies to offer in a plan, as a list, the closest first, in two queries.

    A strategy for one of the themes always comes before its key stage counts, and that before its setting.
    With themes chosen, nothing about another concern is offered to fill the list: too few is honest. Without
    themes, those for the key stage. `key_stage` is a plain code, or None for a whole school or staff;
    `setting` is one of `Setting`.
    """
    theme_ids = list(theme_ids)
    closest = StrategyPage.objects.live().closest_to(theme_ids, key_stage, setting)
    return list(closest.prefetch_related("themes")[:limit])


def why_it_fits(strategy, theme_ids, key_stage, setting):
    """Why a strategy is offered, in one line: what of it fits, and nothing that does not. "" if nothing does.

    Reads the strategy's themes, which a list has prefetched.
    """
    wanted = set(theme_ids)
    about = [in_a_sentence(theme.name) for theme in strategy.themes.all() if theme.pk in wanted]
    parts = [f"about {listed(about)}"] if about else []
    if key_stage in strategy.key_stages:
        parts.append(f"for {age_in_words(key_stage)}")
    if setting in strategy.settings:
        parts.append(FOR_WHOM[setting])
    line = ", ".join(parts)
    return line[:1].upper() + line[1:]


def age_in_words(key_stage):
    return in_a_sentence(KeyStage(key_stage).label.split(" (")[0])


def in_a_sentence(name):
    return name[:1].lower() + name[1:]
