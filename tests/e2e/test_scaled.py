"""The scaled form: web and workers in processes of their own, on PostgreSQL and Redis."""

from pathlib import Path

import yaml

from tests.support.api import ENDED
from tests.support.aws import KEYS, client_of
from tests.support.server import ROOT, Server, running
from tests.support.services import Services

WAITS_A_MOMENT = {
    "StartAt": "Prepare",
    "States": {
        "Prepare": {"Type": "Pass", "Result": {"seconds": 1}, "Next": "Rest"},
        "Rest": {"Type": "Wait", "SecondsPath": "$.seconds", "Next": "Both"},
        "Both": {
            "Type": "Parallel",
            "Branches": [
                {"StartAt": "Left", "States": {"Left": {"Type": "Pass", "Result": "left", "End": True}}},
                {"StartAt": "Right", "States": {"Right": {"Type": "Pass", "Result": "right", "End": True}}},
            ],
            "End": True,
        },
    },
}
ASKS = {
    "StartAt": "Fetch",
    "States": {
        "Fetch": {
            "Type": "Task",
            "Resource": "arn:aws:states:::http:invoke",
            "Parameters": {
                "ApiEndpoint": "/transcripts",
                "Method": "POST",
                "RequestBody": {"media": "talk.mp4"},
                "InvocationConfig": {"ConnectionArn": "arn:cuelight:states:::connection:demo"},
            },
            "End": True,
        }
    },
}


def test_a_workflow_runs_through_web_and_workers(var: Path, services: Services) -> None:
    with running(Server(var, services=services, workers=2)) as server:
        api = server.api()
        key = api.run(api.publish("scaled", WAITS_A_MOMENT))
        execution = api.wait_until_ended(key)
        assert (execution["status"], execution["output"]) == ("SUCCEEDED", ["left", "right"])
        entries = api.entries(key)
        assert [entry["seq"] for entry in entries] == list(range(1, len(entries) + 1))


def test_a_poll_at_the_web_process_gets_what_a_worker_process_offers(var: Path, services: Services) -> None:
    with running(Server(var, services=services, settings=KEYS)) as server:
        states, api = client_of(server), server.api()
        activity = states.create_activity(name="greet")["activityArn"]
        # The Wait's timer is a worker's to fire, so it is a worker that offers the task.
        definition = {
            "StartAt": "Rest",
            "States": {
                "Rest": {"Type": "Wait", "Seconds": 1, "Next": "Greet"},
                "Greet": {"Type": "Task", "Resource": activity, "End": True},
            },
        }
        key = api.run(api.publish("greets", definition), {"name": "Anna"})
        task = states.get_activity_task(activityArn=activity, workerName="anna")
        states.send_task_success(taskToken=task["taskToken"], output=task["input"])
        assert api.wait_until_ended(key)["output"] == {"name": "Anna"}


def test_a_worker_makes_the_calls(var: Path, services: Services) -> None:
    with running(Server(var, services=services)) as server:
        api = server.api()
        execution = api.wait_until_ended(api.run(api.publish("calls", ASKS)))
        assert execution["status"] == "SUCCEEDED", execution
        assert execution["output"]["StatusCode"] in {200, 201, 202}


def test_work_waits_for_a_worker_that_was_killed(var: Path, services: Services) -> None:
    with running(Server(var, services=services)) as server:
        api = server.api()
        workflow = api.publish("later", ASKS)
        server.kill_worker()
        key = api.run(workflow)
        assert api.execution(key)["status"] not in ENDED
        server.add_worker()
        assert api.wait_until_ended(key)["status"] == "SUCCEEDED"


def test_the_compose_file_names_what_the_tests_prove() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    services = compose["services"]
    assert {"web", "worker", "postgres", "redis", "mailpit"} <= set(services)
    for name, service in services.items():
        assert "healthcheck" in service or name == "prepare", f"{name} has no health check"
        for network in service["networks"]:
            assert network in compose["networks"]
        for volume in service.get("volumes", []):
            assert volume.partition(":")[0] in compose["volumes"]
        for other in service.get("depends_on", {}):
            assert other in services
    assert compose["networks"]["inside"]["internal"] is True
    assert "egress" in services["worker"]["networks"]
    assert "egress" not in services["web"]["networks"]
    assert services["web"]["command"] == ["python", "manage.py", "serve"]
    assert "--queues=work,mail" in services["worker"]["command"]


def test_every_setting_that_compose_sets_is_one_that_is_read() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    read = "".join((ROOT / path).read_text("utf-8") for path in ("config/settings.py", ".env.example"))
    for name in compose["x-cuelight"]["environment"]:
        assert name in read, f"{name} is set and never read"


def test_the_image_runs_as_nobody_special() -> None:
    lines = (ROOT / "Dockerfile").read_text("utf-8").splitlines()
    assert [line for line in lines if line.startswith("USER ")] == ["USER cuelight"]
    assert any("--require-hashes" in line for line in lines)
