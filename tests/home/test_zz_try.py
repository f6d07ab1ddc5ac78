def test_cast(cast, client, sign_in, role_of):
    assert len(cast.people) == 13
    for p in cast.people:
        assert role_of(p).kind
    sign_in(client, cast.sam)


def test_records(make_plan, make_review, make_consultation, calendar, closed_day, today, library):
    for s in ("draft", "sent"):
        p = make_plan(s)
        print(p.status_on(today))
    p = make_plan("agreed")
    r = make_review(p, overall="finished")
    assert len(library) == 10


def test_small(sam, priya):
    pass


def test_tx(transactional_db, make_plan):
    make_plan("agreed")
