def anyone_with_a_role(role, record):
    return bool(role)
