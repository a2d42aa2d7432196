from gallery.forms.people import rows_of, typed_rows, with_empty_rows


def test_empty_rows_are_left_out_and_the_others_numbered_afresh():
    rows = typed_rows(
        {
            "people-0-name": " ",
            "people-2-name": "Sam  Reed",
            "people-2-email": " sam@x.example ",
            "people-10-name": "Jo King",
            "title": "x",
        }
    )
    assert [(row.number, row.name, row.email, row.problem) for row in rows] == [
        (0, "Sam Reed", "sam@x.example", ""),
        (1, "Jo King", "", ""),
    ]


def test_an_e_mail_without_a_name_and_a_broken_e_mail_are_pointed_out():
    rows = typed_rows({"people-0-email": "sam@x.example", "people-1-name": "Jo", "people-1-email": "jo@"})
    assert [row.problem for row in rows] == [
        "Please add this person’s name.",
        "This e-mail address does not look complete. You can leave it empty.",
    ]


def test_twenty_people_fit_and_the_next_is_told_so():
    rows = typed_rows({f"people-{number}-name": f"P{number}" for number in range(21)})
    assert [row.problem != "" for row in rows] == [False] * 20 + [True]


def test_there_are_three_rows_at_least_and_always_one_to_spare():
    assert len(with_empty_rows([])) == 3
    assert len(with_empty_rows(rows_of([("A", "")] * 3))) == 4
    assert len(with_empty_rows(rows_of([("A", "")] * 20))) == 20
