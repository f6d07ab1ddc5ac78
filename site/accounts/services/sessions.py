from allauth.usersessions.models import UserSession


def end_sessions(person, but=None):
    """Sign somebody out everywhere, except in the session with the key `but`."""
    for row in UserSession.objects.filter(user=person).exclude(session_key=but):
        row.end()
