"""The operator's table of publishers."""

import json

import pytest

from service.contract.publisher import Publisher
from service.read.publishers import BadPublishers, read_entries, read_table

CSV = """host,publisher,owner,country
blatt.example,Das Blatt,Blatt Holding,DE
Sport.Blatt.example,Sportblatt,,DE
www.post.example,Post,,
bücher.example,Bücher,Blatt Holding,AT
""".encode()


def problems(text: str, *, is_json: bool = False) -> tuple[str, ...]:
    with pytest.raises(BadPublishers) as error:
        read_table(text.encode(), is_json=is_json)
    assert str(error.value) == "; ".join(error.value.problems)
    return error.value.problems


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("blatt.example", "Das Blatt"),
        ("www.blatt.example", "Das Blatt"),
        ("sport.blatt.example", "Sportblatt"),
        ("live.sport.blatt.example", "Sportblatt"),
        ("post.example", "Post"),
        ("m.post.example", "Post"),
        ("xn--bcher-kva.example", "Bücher"),
        ("notblatt.example", None),
        ("example", None),
        ("192.0.2.1", None),
    ],
)
def test_an_entry_is_valid_for_its_host_and_those_under_it(host: str, name: str | None) -> None:
    found = read_table(CSV, is_json=False).of(host)
    assert (found.name if found else None) == name


def test_json_says_the_same_as_csv() -> None:
    head, *rows = (line.split(",") for line in CSV.decode().splitlines())
    objects = [dict(zip(head, row, strict=True)) for row in rows]
    objects[0]["domain"] = objects[0].pop("host")
    data = json.dumps(objects).encode()
    assert read_table(data, is_json=True) == read_table(CSV, is_json=False)
    assert read_table(b"\xef\xbb\xbf" + CSV, is_json=False) == read_table(CSV, is_json=False)


def test_the_owner_is_the_last_of_a_chain() -> None:
    table = read_table(
        b"domain,publisher,owner\na.example,A,B\nb.example,B,C\nc.example,C,\n", is_json=False
    )
    assert table.of("a.example") == Publisher(name="A", owner="C")
    assert table.of("c.example") == Publisher(name="C")


def test_a_host_may_not_have_two_entries() -> None:
    found = problems("host,publisher\na.example,A\nwww.A.example,B\n")
    assert found == ("row 3: a.example has an entry in row 2 already",)


def test_a_publisher_may_not_have_two_owners() -> None:
    found = problems("host,publisher,owner\na.example,A,X\nb.example,A,\nc.example,A,Y\n")
    assert found == ("row 4: A is owned by Y, and by X in row 2",)


@pytest.mark.parametrize(
    ("rows", "circle"),
    [
        ("a.example,A,B\nb.example,B,A\n", "A is owned by B is owned by A"),
        ("a.example,A,A\n", "A is owned by A"),
        (
            "z.example,Z,A\na.example,A,B\nb.example,B,C\nc.example,C,A\n",
            "A is owned by B is owned by C is owned by A",
        ),
    ],
)
def test_owners_may_not_own_one_another(rows: str, circle: str) -> None:
    (found,) = problems("host,publisher,owner\n" + rows)
    assert sorted(found.split(" is owned by ")[1:]) == sorted(circle.split(" is owned by ")[1:])


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (",A,,", "row 2: host or publisher is empty"),
        ("a.example,,,", "row 2: host or publisher is empty"),
        ("co.uk,A,,", "row 2: co.uk is no site: everybody can register under it"),
        ("a b/c,A,,", "row 2: 'a b/c' is no host name"),
        ("a.example,A,,Germany", "row 2: 'Germany' is no code of a country of two capitals"),
        ("a.example," + "A" * 201 + ",,", "row 2: publisher has more than 200 characters"),
        ("a.example,A,,DE,5", "row 2: unknown column None"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(row: str, problem: str) -> None:
    assert problems(f"host,publisher,owner,country\n{row}\n") == (problem,)


@pytest.mark.parametrize(
    ("text", "is_json"),
    [("", False), ("name,site\na,b\n", False), ("{}", True), ("[1]", True), ("[", True)],
)
def test_another_form_is_refused(text: str, is_json: bool) -> None:
    assert len(problems(text, is_json=is_json)) == 1


def test_bytes_that_are_no_text_are_refused() -> None:
    assert read_entries(b"\xff\xfe", is_json=False)[1]
    assert (
        "publisher is no text"
        in problems('[{"host": "a.example", "publisher": 5}]', is_json=True)[0]
    )
