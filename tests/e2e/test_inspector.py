"""The inspector in a browser: a form for each kind of state, what its fields do, and a test of one state."""

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.screens import expect_saved, state
from tests.e2e.studio import name_for
from tests.support.accessibility import faults
from tests.support.pointer import centre
from tests.support.server import Server, running
from tests.support.smtp import MailServer

JSONATA: dict[str, Any] = {
    "QueryLanguage": "JSONata",
    "StartAt": "First",
    "States": {
        "First": {"Type": "Pass", "Assign": {"video": "{% $states.input.video %}"}, "Next": "Ask"},
        "Ask": {
            "Type": "Task",
            "Resource": "arn:cuelight:states:::approval:request",
            "Arguments": {
                "Question": "{% 'Which title for ' & $video & '?' %}",
                "Approvers": ["group:Editors", "jonas@example.org"],
                "Choices": [
                    {"Value": "A", "Label": "The first"},
                    {"Value": "B", "Label": "The second"},
                    {"Value": "Again", "Label": "Two new ones"},
                ],
                "ExpiresInSeconds": 259_200,
            },
            "Next": "Which",
        },
        "Which": {
            "Type": "Choice",
            "Choices": [{"Condition": "{% $states.input.Choice = 'Again' %}", "Next": "Write"}],
            "Default": "Each",
        },
        "Write": {
            "Type": "Task",
            "Resource": "arn:cuelight:states:::model:invoke",
            "Arguments": {"Connection": "embedded-model", "Prompt": "Say hello."},
            "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Broken"}],
            "Next": "Ask",
        },
        "Each": {
            "Type": "Map",
            "Items": "{% $states.input.items %}",
            "MaxConcurrency": 5,
            "ItemProcessor": {
                "ProcessorConfig": {"Mode": "INLINE"},
                "StartAt": "One",
                "States": {"One": {"Type": "Pass", "End": True}},
            },
            "Next": "Both",
        },
        "Both": {
            "Type": "Parallel",
            "Branches": [
                {"StartAt": "Left", "States": {"Left": {"Type": "Pass", "End": True}}},
                {"StartAt": "Right", "States": {"Right": {"Type": "Pass", "End": True}}},
            ],
            "Next": "Rest",
        },
        "Rest": {"Type": "Wait", "Seconds": 10, "Next": "Start"},
        "Start": {
            "Type": "Task",
            "Resource": "arn:aws:states:::states:startExecution",
            "Arguments": {"StateMachineArn": "other", "Input": {}},
            "Next": "Done",
        },
        "Done": {"Type": "Succeed"},
        "Broken": {"Type": "Fail", "Error": "Broken", "Cause": "It broke"},
    },
}
JSONPATH: dict[str, Any] = {
    "StartAt": "Each",
    "States": {
        "Each": {
            "Type": "Map",
            "ItemProcessor": {
                "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                "StartAt": "One",
                "States": {"One": {"Type": "Pass", "End": True}},
            },
            "Next": "Rest",
        },
        "Rest": {"Type": "Wait", "SecondsPath": "$.pause", "Next": "Shape"},
        "Shape": {"Type": "Pass", "InputPath": "$.a", "Result": {"b": 1}, "ResultPath": "$.r", "End": True},
    },
}


class Shop(BaseHTTPRequestHandler):
    """Says that a seat was sold."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        text = b'{"seat": 7}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def shop() -> Iterator[ThreadingHTTPServer]:
    """A server outside, which the operator has opened."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, mails: MailServer, shop: ThreadingHTTPServer
) -> Iterator[Server]:
    settings = {"CUELIGHT_HTTP_ALLOW": f"127.0.0.1:{shop.server_port}"}
    folder = tmp_path_factory.mktemp("inspector")
    with running(Server(folder, email_url=mails.url, settings=settings)) as started:
        yield started


class Inspector:
    """The inspector of a workflow of its own, as a person uses it."""

    def __init__(self, new_page: NewPage, server: Server, name: str, definition: Any, **screen: Any) -> None:
        self.api = server.api()
        text = json.dumps(definition, indent=2)
        self.key = self.api.post("/api/workflows/", {"name": name, "definition": text})["id"]
        self.page: Page = new_page(f"/workflows/{self.key}", **screen)
        self.panel = self.page.get_by_test_id("inspector")
        expect(state(self.page, next(iter(definition["States"])))).to_be_visible()

    def open(self, name: str, tab: str = "Configuration") -> Locator:
        """Selects a state and opens a tab of its form; returns the panel."""
        # Beside what stands inside a box, and far from the sign of its problems.
        state(self.page, name).click(position={"x": 24, "y": 8})
        expect(self.panel.get_by_role("heading", name=name, exact=True)).to_be_visible()
        self.panel.get_by_role("button", name="Form", exact=True).click()
        self.panel.get_by_role("tab", name=tab).click()
        return self.panel

    def field(self, place: str) -> Locator:
        return self.panel.locator(f"[data-field='{place}']")

    def draft(self, name: str) -> Any:
        """Saves now; returns the state as the server has it."""
        self.page.keyboard.press("Control+s")
        expect_saved(self.page)
        return json.loads(self.api.get(f"/api/workflows/{self.key}/")["definition"])["States"][name]


NewInspector = Any


@pytest.fixture
def inspector(signed_in: NewPage, server: Server, request: pytest.FixtureRequest) -> NewInspector:
    def made(definition: Any, **screen: Any) -> Inspector:
        return Inspector(signed_in, server, name_for(request), definition, **screen)

    return made


# --- Each kind of state --------------------------------------------------------------------------------


def test_a_form_and_the_definition_are_two_views_of_one_state(inspector: NewInspector) -> None:
    it = inspector(JSONATA)
    panel = it.open("Broken")
    it.field("Error").get_by_role("textbox").fill("Torn")
    panel.get_by_role("button", name="Definition").click()
    text = panel.get_by_label("This state as ASL")
    expect(text).to_have_value(re.compile('"Error": "Torn"'))
    text.fill('{"Type": "Fail", "Error": "Torn", "Cause": "{% $states.input.why %}"}')
    panel.get_by_role("button", name="Form", exact=True).click()
    expect(it.field("Cause").get_by_role("textbox")).to_have_value("$states.input.why")
    assert it.draft("Broken") == {"Type": "Fail", "Error": "Torn", "Cause": "{% $states.input.why %}"}
    it.page.keyboard.press("Escape")
    it.page.keyboard.press("Control+z")
    it.page.keyboard.press("Control+z")
    assert it.draft("Broken") == JSONATA["States"]["Broken"]


def test_an_approval_is_asked_as_people_think_of_it(inspector: NewInspector) -> None:
    it = inspector(JSONATA)
    panel = it.open("Ask")
    question = it.field("Arguments/Question")
    expect(question.locator("[class*=string]").first).to_have_text("'Which title for '")

    people = it.field("Arguments/Approvers")
    people.get_by_role("combobox").click()
    it.page.keyboard.type("mia@example.org")
    it.page.keyboard.press("Enter")
    people.get_by_role("button", name="Remove person group:Editors").click()
    votes = it.field("Arguments/VotesNeeded")
    expect(votes).to_contain_text("of 2")
    votes.get_by_role("button", name="Votes needed: one more").click()
    expect(votes.get_by_role("button", name="Votes needed: one more")).to_be_disabled()

    # Each answer says where it leads, as the Choice state behind decides.
    answers = it.field("Arguments/Choices")
    expect(panel.get_by_test_id("answer-0")).to_contain_text("Each")
    expect(panel.get_by_test_id("answer-2")).to_contain_text("Write")
    handle = answers.get_by_role("button", name="Move answer 3")
    it.page.mouse.move(*centre(handle))
    it.page.mouse.down()
    x, y = centre(panel.get_by_test_id("answer-0"))
    it.page.mouse.move(x, y - 10, steps=6)
    it.page.mouse.up()
    expect(panel.get_by_test_id("answer-0")).to_contain_text("Again")
    answers.get_by_role("button", name=re.compile("^Move answer 1")).press("ArrowDown")
    expect(panel.get_by_test_id("answer-1")).to_contain_text("Again")
    panel.get_by_test_id("answer-0").get_by_role("button", name=re.compile("^A The first")).click()
    answers.get_by_role("textbox", name=re.compile("^Label")).fill("The very first")

    within = it.field("Arguments/ExpiresInSeconds")
    expect(within.get_by_role("textbox")).to_have_value("3")
    within.get_by_role("combobox", name="Unit").select_option("hours")
    panel.get_by_role("switch", name="Requester may not decide").click()
    assert it.draft("Ask")["Arguments"] == {
        "Question": "{% 'Which title for ' & $video & '?' %}",
        "Approvers": ["jonas@example.org", "mia@example.org"],
        "Choices": [
            {"Value": "A", "Label": "The very first"},
            {"Value": "Again", "Label": "Two new ones"},
            {"Value": "B", "Label": "The second"},
        ],
        "ExpiresInSeconds": 10_800,
        "VotesNeeded": 2,
        "RequesterMayDecide": False,
    }


def test_a_map_becomes_distributed_reads_batches_writes_and_goes_back(inspector: NewInspector) -> None:
    it = inspector(JSONATA)
    panel = it.open("Each")
    modes = panel.get_by_role("group", name="Iterations")
    modes.get_by_role("button", name="Distributed").click()
    it.field("ItemProcessor/ProcessorConfig/ExecutionType").get_by_role("combobox").select_option("EXPRESS")
    panel.get_by_role("combobox", name="Items", exact=True).select_option("A file or a bucket in S3")
    it.field("ItemReader/Arguments/Bucket").get_by_role("textbox").fill("my-orders")
    key = it.field("ItemReader/Arguments/Key")
    key.get_by_role("button", name="JSONata").click()
    key.get_by_role("textbox").fill("$states.input.key")
    it.field("ItemReader/ReaderConfig/CSVHeaderLocation").get_by_role("combobox").select_option("Given here")
    it.field("ItemReader/ReaderConfig/CSVHeaders").get_by_role("combobox").press_sequentially("id,price,")
    it.field("ItemReader/ReaderConfig/MaxItems").get_by_role("textbox").fill("1000")
    panel.get_by_role("switch", name="Items in batches").click()
    it.field("ItemBatcher/MaxItemsPerBatch").get_by_role("textbox").fill("25")
    panel.get_by_role("switch", name="Results into S3").click()
    it.field("ResultWriter/Arguments/Bucket").get_by_role("textbox").fill("my-results")
    it.field("ResultWriter/WriterConfig/OutputType").get_by_role("combobox").select_option("JSONL")
    it.field("ToleratedFailurePercentage").get_by_role("textbox").fill("5")
    it.field("Label").get_by_role("textbox").fill("orders")
    whole = it.draft("Each")
    assert whole["ItemReader"] == {
        "Resource": "arn:aws:states:::s3:getObject",
        "ReaderConfig": {
            "InputType": "CSV",
            "CSVHeaderLocation": "GIVEN",
            "CSVHeaders": ["id", "price"],
            "MaxItems": 1000,
        },
        "Arguments": {"Bucket": "my-orders", "Key": "{% $states.input.key %}"},
    }
    assert "Items" not in whole
    assert whole["ItemBatcher"] == {"MaxItemsPerBatch": 25}
    assert whole["ResultWriter"] == {
        "Resource": "arn:aws:states:::s3:putObject",
        "Arguments": {"Bucket": "my-results", "Prefix": ""},
        "WriterConfig": {"OutputType": "JSONL"},
    }
    assert (whole["ToleratedFailurePercentage"], whole["Label"]) == (5, "orders")
    assert whole["ItemProcessor"]["ProcessorConfig"] == {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"}

    # What only a distributed Map has goes, is named, and comes back.
    modes.get_by_role("button", name="Inline").click()
    expect(panel.get_by_text("the item reader, the batches, the result writer")).to_be_visible()
    inline = it.draft("Each")
    assert set(inline) == {"Type", "MaxConcurrency", "ItemProcessor", "Next"}
    assert inline["MaxConcurrency"] == 5
    modes.get_by_role("button", name="Distributed").click()
    assert it.draft("Each")["ItemReader"] == whole["ItemReader"]


def test_a_reader_of_another_kind_keeps_what_fits_and_paths_stand_in_fields_of_their_own(
    inspector: NewInspector,
) -> None:
    it = inspector(JSONPATH)
    panel = it.open("Each")
    panel.get_by_role("combobox", name="Items", exact=True).select_option("A file or a bucket in S3")
    it.field("ItemReader/Parameters/Bucket").get_by_role("textbox").fill("my-orders")
    it.field("ItemReader/Parameters/Key").get_by_role("textbox").fill("2026/orders.csv")
    most = it.field("ItemReader/ReaderConfig/MaxItems")
    most.get_by_role("button", name="JSONPath").click()
    most.get_by_role("textbox").fill("$.most")
    panel.get_by_role("combobox", name="Reads").select_option("The list of objects in a bucket")
    prefix = it.field("ItemReader/Parameters/Prefix")
    expect(prefix.get_by_role("textbox")).to_have_value("2026/")
    it.field("ItemReader/ReaderConfig/Transformation").get_by_role("combobox").select_option(
        "LOAD_AND_FLATTEN"
    )
    it.field("ItemReader/ReaderConfig/InputType").get_by_role("combobox").select_option("JSONL")
    batches = panel.get_by_role("switch", name="Items in batches")
    batches.click()
    size = it.field("ItemBatcher/MaxItemsPerBatch")
    size.get_by_role("button", name="JSONPath").click()
    size.get_by_role("textbox").fill("$.size")
    whole = it.draft("Each")
    assert whole["ItemReader"] == {
        "Resource": "arn:aws:states:::s3:listObjectsV2",
        "ReaderConfig": {
            "Transformation": "LOAD_AND_FLATTEN",
            "InputType": "JSONL",
            "MaxItemsPath": "$.most",
        },
        "Parameters": {"Bucket": "my-orders", "Prefix": "2026/"},
    }
    assert whole["ItemBatcher"] == {"MaxItemsPerBatchPath": "$.size"}


def test_a_wait_is_one_of_four_kinds(inspector: NewInspector) -> None:
    it = inspector(JSONATA)
    panel = it.open("Rest")
    kind = panel.get_by_role("combobox", name="Waits")
    kind.select_option("Until a moment that is given here")
    expect(panel.get_by_text("by the clock here")).to_be_visible()
    assert it.draft("Rest") == {"Type": "Wait", "Timestamp": "2027-01-01T09:00:00Z", "Next": "Start"}
    kind.select_option("For a time from the data")
    it.field("Seconds").get_by_role("textbox").fill("$states.input.pause")
    assert it.draft("Rest") == {"Type": "Wait", "Seconds": "{% $states.input.pause %}", "Next": "Start"}
    kind.select_option("For a time that is given here")
    it.field("Seconds").get_by_role("textbox", name="For").fill("2")
    it.field("Seconds").get_by_role("combobox", name="Unit").select_option("minutes")
    assert it.draft("Rest") == {"Type": "Wait", "Seconds": 120, "Next": "Start"}


def test_tasks_choose_how_they_call_a_model_and_a_connection(inspector: NewInspector) -> None:
    it = inspector(JSONATA)
    panel = it.open("Start")
    call = panel.get_by_role("combobox", name="Call", exact=True)
    call.select_option("Waits for a callback")
    expect(panel.get_by_text("$states.context.Task.Token")).to_be_visible()
    assert it.draft("Start")["Resource"] == "arn:aws:states:::states:startExecution.waitForTaskToken"
    call.select_option("Waits for the end")
    limit = it.field("TimeoutSeconds")
    limit.get_by_role("textbox").fill("90")
    heartbeat = it.field("HeartbeatSeconds")
    heartbeat.get_by_role("button", name="JSONata").click()
    heartbeat.get_by_role("textbox").fill("$states.input.beat")
    started = it.draft("Start")
    assert started["Resource"] == "arn:aws:states:::states:startExecution.sync:2"
    assert (started["TimeoutSeconds"], started["HeartbeatSeconds"]) == (90, "{% $states.input.beat %}")

    it.open("Write")
    connections = it.field("Arguments/Connection").get_by_role("combobox")
    expect(connections.locator("option[value=embedded-model]")).to_have_count(1)
    # The demonstration's endpoints answer no model.
    expect(connections.locator("option[value=demo]")).to_have_count(0)
    it.field("Arguments/Model").get_by_role("combobox").fill("gpt-5-mini")
    assert it.draft("Write")["Arguments"]["Model"] == "gpt-5-mini"


def test_branches_and_rules_are_added_ordered_and_taken_away(inspector: NewInspector) -> None:
    it = inspector(JSONATA)
    panel = it.open("Both")
    it.field("Branches").get_by_role("button", name=re.compile("^Move branch 2")).press("ArrowUp")
    assert [one["StartAt"] for one in it.draft("Both")["Branches"]] == ["Right", "Left"]
    panel.get_by_role("button", name="Branch", exact=True).click()
    expect(panel.get_by_text("Empty", exact=True)).to_be_visible()
    panel.get_by_role("button", name="Remove branch 3").click()
    assert len(it.draft("Both")["Branches"]) == 2

    it.open("Which")
    panel.get_by_role("button", name="Rule", exact=True).click()
    second = it.field("Choices/1")
    second.get_by_label("If", exact=True).fill("$states.input.Choice = 'A'")
    second.get_by_label("Go on with").select_option("Done")
    panel.get_by_role("button", name="Move rule 2 up").click()
    rules = it.draft("Which")["Choices"]
    assert [rule["Next"] for rule in rules] == ["Done", "Write"]


def test_input_and_output_of_each_kind_are_filled_in(inspector: NewInspector) -> None:
    it = inspector(JSONPATH)
    panel = it.open("Shape", "Input & output")
    panel.get_by_label("Input path").fill("$.x")
    panel.get_by_label("Result path").fill("$.made")
    it.open("Shape")
    it.field("Result").get_by_role("textbox").fill('{"b": 2}')
    shape = it.draft("Shape")
    assert (shape["InputPath"], shape["ResultPath"], shape["Result"]) == ("$.x", "$.made", {"b": 2})


# --- Errors and variables ------------------------------------------------------------------------------


def test_a_retrier_says_its_waits_in_words_and_a_catcher_where_it_leads(inspector: NewInspector) -> None:
    it = inspector(JSONATA)
    panel = it.open("Write", "Errors")
    it.field("Retry").get_by_role("button", name="Retrier", exact=True).click()
    retrier = it.field("Retry/0")
    expect(retrier).to_contain_text("Tries again after 2 s, 4 s, 8 s; 14 s in all.")
    errors = retrier.get_by_role("combobox", name="Errors")
    errors.press("Backspace")
    errors.press_sequentially("time")
    retrier.get_by_role("option", name=re.compile("States.Timeout")).click()
    retrier.get_by_label("Attempts").fill("2")
    retrier.get_by_role("combobox", name="Chance").select_option("FULL")
    expect(retrier).to_contain_text("Tries again after up to 2 s, 4 s; at most 6 s in all.")

    catcher = it.field("Catch/0")
    expect(catcher).to_contain_text("Any error, to Broken")
    catcher.get_by_role("combobox", name="Go on with").select_option("Done")
    catcher.get_by_role("button", name=re.compile("more fields")).click()
    it.field("Catch/0/Assign").get_by_role("button", name="Variable", exact=True).click()
    expect(it.field("Catch/0/Assign").get_by_label("Variable 1: name")).to_be_visible()
    written = it.draft("Write")
    assert written["Retry"] == [
        {"ErrorEquals": ["States.Timeout"], "IntervalSeconds": 2, "MaxAttempts": 2, "JitterStrategy": "FULL"}
    ]
    assert written["Catch"][0]["Next"] == "Done"
    expect(panel.get_by_role("tab", name="Errors")).to_have_text("Errors2")


def test_variables_are_set_here_and_those_seen_here_say_who_set_them(inspector: NewInspector) -> None:
    it = inspector(JSONATA)
    panel = it.open("Ask", "Variables")
    seen = panel.get_by_role("region", name="Variables that are visible here")
    expect(seen).to_contain_text("$video")
    expect(seen).to_contain_text("set by First")
    panel.get_by_role("button", name="Variable", exact=True).click()
    name = panel.get_by_label("Variable 1: name")
    name.fill("answer")
    name.press("Enter")
    panel.get_by_role("group", name="Kind of value of answer").get_by_role("button", name="JSONata").click()
    panel.get_by_label("Variable answer: value").fill("$states.result.Choice")
    assert it.draft("Ask")["Assign"] == {"answer": "{% $states.result.Choice %}"}
    it.open("Done", "Configuration")
    it.open("Both", "Variables")
    expect(seen).to_contain_text("set by Ask")
    it.open("First", "Variables")
    expect(seen).to_contain_text("No state before this one sets a variable.")


# --- Help, expressions, problems -----------------------------------------------------------------------


def test_each_field_leads_to_what_it_does_by_mouse_and_keyboard(inspector: NewInspector) -> None:
    it = inspector(JSONATA)
    panel = it.open("Each")
    panel.get_by_role("button", name="About At once").click()
    about = it.page.get_by_role("dialog", name="About At once")
    expect(about).to_contain_text("How many iterations may run at one time")
    expect(about).to_contain_text("MaxConcurrency")
    # It stands beside the panel, and covers nothing that is filled in.
    card, panel_box = about.bounding_box(), panel.bounding_box()
    assert card is not None
    assert panel_box is not None
    assert card["x"] + card["width"] <= panel_box["x"]
    it.page.keyboard.press("Escape")
    expect(about).to_have_count(0)
    expect(panel.get_by_role("button", name="About At once")).to_be_focused()
    it.page.keyboard.press("Enter")
    expect(about).to_be_visible()
    it.page.keyboard.press("Escape")
    it.open("Ask")
    panel.get_by_role("button", name="About Question").click()
    expect(it.page.get_by_role("dialog")).to_contain_text("'Which title for ' & $video & '?'")


def test_no_line_of_a_long_expression_is_cut(inspector: NewInspector) -> None:
    it = inspector(JSONATA)
    it.open("Ask")
    field = it.field("Arguments/Question").get_by_role("textbox")
    heights = "area => [area.clientHeight, area.scrollHeight, area.scrollTop, area.parentElement.scrollTop]"
    field.fill(" & ".join(f"$states.input.titles[{number}].name" for number in range(6)))
    own, needed, *scrolled = field.evaluate(heights)
    assert (own, scrolled) == (needed, [0, 0])
    assert own > 60
    field.press("End")
    it.page.keyboard.type(" & 'and one word more'")
    own, needed, *scrolled = field.evaluate(heights)
    assert (own, scrolled) == (needed, [0, 0])
    # One without a space is broken where the field ends, not cut.
    field.fill("$" + "x" * 120)
    own, needed, *_ = field.evaluate(heights)
    assert own == needed > 40
    expect(field.locator("xpath=preceding-sibling::pre")).to_have_text(re.compile(r"^\$x{120}"))


def test_a_problem_leads_into_its_field_wherever_it_stands(inspector: NewInspector) -> None:
    broken = json.loads(json.dumps(JSONPATH))
    broken["States"]["Rest"]["SecondsPath"] = "pause"
    broken["States"]["Each"]["ItemReader"] = {
        "Resource": "arn:aws:states:::s3:getObject",
        "ReaderConfig": {"InputType": "CSV", "CSVDelimiter": "DOT", "MaxItems": -1},
        "Parameters": {"Bucket": "b", "Key.$": "not a path"},
    }
    broken["States"]["Each"]["Retry"] = [{"ErrorEquals": ["States.ALL"], "MaxAttempts": -1}]
    broken["States"]["Each"]["Nxt"] = broken["States"]["Each"].pop("Next")
    it = inspector(broken)
    it.page.get_by_test_id("problems-button").click()
    problems = it.page.get_by_test_id("problems")

    def leads(said: str, place: str) -> None:
        problems.get_by_role("button").filter(has_text=re.compile(said)).first.click()
        control = it.panel.locator(f"[data-field='{place}'], [data-expression='{place}']").locator(
            "input, textarea, select"
        )
        expect(control.first).to_be_focused()

    leads("SecondsPath", "SecondsPath")
    leads("CSVDelimiter", "ItemReader/ReaderConfig/CSVDelimiter")
    leads("MaxItems", "ItemReader/ReaderConfig/MaxItems")
    leads("MaxAttempts", "Retry/0/MaxAttempts")
    leads(r"Key\.\$", "ItemReader/Parameters/Key.$")
    expect(it.field("ItemReader/Parameters/Key")).to_contain_text("path")
    problems.get_by_role("button", name="Rename it Next").click()
    assert it.draft("Each")["Next"] == "Rest"


def test_what_this_server_does_not_do_stands_beside_the_part_it_is_about(inspector: NewInspector) -> None:
    """A problem of a whole part stands at its head, errors red and what will only fail when it runs not."""
    definition = json.loads(json.dumps(JSONPATH))
    definition["States"]["Each"]["ItemReader"] = {"ReaderConfig": {"InputType": "CSV"}}
    it = inspector(definition)
    it.open("Each")
    expect(it.field("ItemReader").first).to_contain_text("Resource")


# --- Test of one state ---------------------------------------------------------------------------------


def test_a_state_is_tested_at_three_levels_with_secrets_masked(
    inspector: NewInspector, server: Server, shop: ThreadingHTTPServer
) -> None:
    host = f"127.0.0.1:{shop.server_port}"
    server.api().post(
        "/api/connections/",
        {
            "name": "shop",
            "kind": "http",
            "base_url": f"http://{host}",
            "hosts": [host],
            "auth_type": "api_key",
            "secret": {"header": "X-Shop-Key", "value": "hush-hush-4711"},
        },
    )
    sells = {
        "QueryLanguage": "JSONata",
        "StartAt": "Sell",
        "States": {
            "Sell": {
                "Type": "Task",
                "Resource": "arn:aws:states:::http:invoke",
                "Arguments": {
                    "Method": "POST",
                    "ApiEndpoint": "/seats",
                    "InvocationConfig": {"ConnectionArn": "shop"},
                    "RequestBody": "{% $states.input %}",
                },
                "Output": "{% $states.result.ResponseBody.seat %}",
                "Next": "Done",
            },
            "Done": {"Type": "Succeed"},
        },
    }
    it = inspector(sells)
    panel = it.open("Sell")
    panel.get_by_role("button", name="Test", exact=True).click()
    panel.get_by_label("Input").fill('{"row": 3}')
    levels = panel.get_by_role("group", name="Inspection level")
    result = it.page.get_by_test_id("test-result")
    run = it.page.get_by_test_id("test-run")

    levels.get_by_role("button", name="Output").click()
    run.click()
    expect(result).to_contain_text("Succeeded")
    expect(result).to_contain_text("then Done")
    expect(it.page.get_by_test_id("data-flow")).to_have_count(0)

    levels.get_by_role("button", name="Each stage").click()
    run.click()
    flow = it.page.get_by_test_id("data-flow")
    expect(flow.locator("[data-stage='after_arguments']")).to_contain_text('"/seats"')
    expect(flow.locator("[data-stage='result']")).to_contain_text('"seat"')
    expect(flow.locator("[data-stage='output']")).to_contain_text("7")
    expect(result).not_to_contain_text("X-Shop-Key")

    levels.get_by_role("button", name="HTTP too").click()
    run.click()
    expect(result).to_contain_text(f"POST http://{host}/seats")
    expect(result).to_contain_text("***: ***")
    expect(result).to_contain_text("200 OK")
    expect(result).not_to_contain_text(re.compile("hush-hush|X-Shop-Key"))
    panel.get_by_role("switch", name="Show secrets in the HTTP request").click()
    run.click()
    expect(result).to_contain_text("X-Shop-Key: hush-hush-4711")


def test_the_last_runs_data_is_shown_stage_after_stage_as_the_fields_are_now(
    inspector: NewInspector, server: Server
) -> None:
    it = inspector(
        {
            "StartAt": "Shape",
            "States": {"Shape": {"Type": "Pass", "InputPath": "$.a", "ResultPath": "$.r", "End": True}},
        }
    )
    api = server.api()
    api.post(f"/api/workflows/{it.key}/publish/", {"draft_revision": 1})
    api.wait_until_ended(api.run(it.key, {"a": {"n": 1}, "b": {"n": 2}}))
    it.page.reload()
    panel = it.open("Shape", "Input & output")
    panel.get_by_role("button", name=re.compile("Show the data flow of")).click()
    flow = panel.get_by_test_id("data-flow")
    expect(flow.locator("[data-stage='after_input_path']")).to_contain_text('"n": 1')
    panel.get_by_label("Input path").fill("$.b")
    expect(flow.locator("[data-stage='after_input_path']")).to_contain_text('"n": 2')
    flow.get_by_role("button", name="Before and after").click()
    expect(it.page.get_by_role("dialog").get_by_text("After", exact=True).first).to_be_visible()


# --- Looks ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_form_can_be_used_by_everybody(inspector: NewInspector, theme: str) -> None:
    it = inspector(JSONATA, theme=theme, viewport={"width": 1280, "height": 900})
    for name in JSONATA["States"]:
        it.open(name)
        assert faults(it.page, "[data-testid=inspector]") == [], name
        # Nothing is wider than the panel.
        wide = (
            "panel => [...panel.querySelectorAll('*')].filter(e => e.scrollWidth > panel.clientWidth).length"
        )
        assert it.panel.evaluate(wide) == 0, name
    for tab in ("Input & output", "Variables", "Errors"):
        it.open("Write", tab)
        assert faults(it.page, "[data-testid=inspector]") == [], tab


TWO_WAYS: dict[str, Any] = {
    "QueryLanguage": "JSONata",
    "StartAt": "Call",
    "States": {
        "Call": {
            "Type": "Task",
            "Resource": "arn:aws:states:::http:invoke",
            "Arguments": {
                "Method": "GET",
                "ApiEndpoint": "/health",
                "InvocationConfig": {"ConnectionArn": "demo"},
            },
            "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Over"}],
            "Next": "Decide",
        },
        "Decide": {
            "Type": "Choice",
            "Choices": [
                {"Comment": "it is small", "Condition": "{% $states.input.n < 3 %}", "Next": "Small"},
                {"Comment": "it is large", "Condition": "{% $states.input.n > 9 %}", "Next": "Large"},
            ],
            "Default": "Over",
        },
        "Small": {"Type": "Succeed"},
        "Large": {"Type": "Succeed"},
        "Over": {"Type": "Fail", "Error": "Over"},
    },
}


def test_a_transition_leads_to_the_rule_or_the_catcher_that_makes_it(
    inspector: NewInspector,
) -> None:
    page = inspector(TWO_WAYS).page
    panel = page.get_by_test_id("inspector")
    page.get_by_text("it is large", exact=True).click()
    expect(panel).to_have_attribute("aria-label", "Decide")
    expect(panel.locator("[data-pointed]")).to_have_attribute("data-field", "Choices/1")
    page.get_by_text("any error", exact=True).click()
    expect(panel).to_have_attribute("aria-label", "Call")
    expect(panel.get_by_role("tab", name="Errors")).to_have_attribute("aria-selected", "true")
    expect(panel.locator("[data-pointed]")).to_have_attribute("data-field", "Catch/0")
    # The transition itself is what is held: Delete takes the Catcher away, not the state.
    page.keyboard.press("Delete")
    expect(page.get_by_text("any error", exact=True)).to_have_count(0)
    expect(state(page, "Call")).to_be_visible()
