from tests.runner.api.office import Furnished


def test_the_record_is_read_page_by_page_without_a_gap(north: Furnished) -> None:
    address = f"/api/executions/{north.ended.key}/entries/"
    whole = north.office.owner.get(address).json()
    assert whole["more"] is False
    assert [entry["seq"] for entry in whole["entries"]] == list(range(1, whole["last_seq"] + 1))
    assert [entry["type"] for entry in whole["entries"]][:2] == ["ExecutionStarted", "PassStateEntered"]
    gathered, after, more = [], 0, True
    while more:
        page = north.office.owner.get(address, {"after": after, "limit": 2}).json()
        gathered += page["entries"]
        after, more = gathered[-1]["seq"], page["more"]
    assert gathered == whole["entries"]


def test_payloads_in_details_are_json_texts_as_in_the_service(north: Furnished) -> None:
    entries = north.office.owner.get(f"/api/executions/{north.ended.key}/entries/").json()["entries"]
    assert entries[0]["details"]["input"] == '{"said":"secret words"}'
    assert entries[0]["id"] == 1
    assert entries[0]["at"].endswith("Z")


def test_after_the_end_there_is_nothing_more(north: Furnished) -> None:
    answer = north.office.owner.get(f"/api/executions/{north.ended.key}/entries/", {"after": 10**14}).json()
    assert (answer["entries"], answer["more"]) == ([], False)


def test_a_place_that_is_no_number_is_refused_by_name(north: Furnished) -> None:
    response = north.office.owner.get(f"/api/executions/{north.ended.key}/entries/", {"after": "-1"})
    assert response.status_code == 400
    assert response.json()["errors"][0]["field"] == "after"
