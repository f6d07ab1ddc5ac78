"""What Wagtail runs when a review is approved. It looks this up while it loads its own models, so
ours can only be imported when it is called."""


def publish_reviewed(workflow_state, user=None):
    from resources import services

    services.publish_reviewed(workflow_state, by=user)
