"""The JSON API: the same documents as the command line, its own examples, what is wrong, and whose case it is."""

from __future__ import annotations

import copy
import dataclasses
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soleus.cli import main
from soleus.web import api_base, api_schemas
from soleus.web.api import api, examples
from soleus.web.cases.actions import save_case, share_case, take_share
from soleus.web.cases.models import AccessLog, Case
from soleus.web.library.api import KINDS, entries_of

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
LOG = {
    "schema": "soleus/log/1",
    "sessions": [{"on": "2026-11-18", "exercises": [{"exercise": "bridge", "side": "both", "sets": [10, 10], "effort": 6, "pain": 1}]}],
}
TOLD = "My left calf has been getting weaker for three months. The sole of my left foot is numb. No back pain."


def case_of(path: Path) -> dict[str, Any]:
    return dict(json.loads(json.dumps(yaml.safe_load(path.read_text()), default=str)))


def send(client: Client, method: str, path: str, body: Any = None, **headers: str) -> Any:
    text = body if isinstance(body, (str, bytes)) else "" if body is None else json.dumps(body)
    return client.generic(method, f"/api/v1{path}", text, content_type="application/json", headers=headers)


def ask(path: str, body: Any) -> Any:
    answer = send(Client(), "POST", path, body)
    assert answer.status_code == 200, answer.content
    return answer


def problems(answer: Any) -> list[tuple[str, str, int | None]]:
    return [(p["where"], p["what"], p["line"]) for p in answer.json()["problems"]]


@pytest.fixture
def written(tmp_path: Path) -> Any:
    """A file that the command line can read."""

    def write(data: Any, name: str = "case.json") -> str:
        path = tmp_path / name
        path.write_text(json.dumps(data, ensure_ascii=False, indent=1))
        return str(path)

    return write


# The same as the command line


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_an_assessment_is_byte_for_byte_that_of_the_command_line(path: Path, written: Any, capsys: Any) -> None:
    case = case_of(path)
    assert main(["assess", written(case), "--json"]) == 0
    assert ask("/assess", case).content.decode() == capsys.readouterr().out


def test_free_text_is_assessed_as_by_the_command_line(capsys: Any) -> None:
    assert main(["assess", "--text", TOLD, "--setting", "primary-care", "--json"]) == 0
    assert ask("/assess", {"text": TOLD, "setting": "primary-care"}).content.decode() == capsys.readouterr().out


def test_measurements_count_in_an_assessment_as_they_do_there(written: Any, capsys: Any) -> None:
    case = {**api_schemas.CASE_EXAMPLE, "measurements": api_schemas.MEASUREMENTS_EXAMPLE}
    assert main(["assess", written(case), "--json"]) == 0
    out = capsys.readouterr().out
    assert ask("/assess", case).content.decode() == out
    assert "chance of a real loss" in out


@pytest.mark.parametrize("name", ["hamstring-strain-28", "cauda-equina"])
def test_a_plan_is_byte_for_byte_that_of_the_command_line(name: str, written: Any, capsys: Any) -> None:
    case = case_of(ROOT / "examples" / f"{name}.yaml")
    assert main(["plan", written(case), "--json"]) == 0
    assert ask("/plan", {"case": case}).content.decode() == capsys.readouterr().out


def test_a_plan_adapts_to_measurements_and_log_as_there(written: Any, capsys: Any) -> None:
    case = {**api_schemas.CASE_EXAMPLE, "conditions": ["lumbar spinal stenosis"], "measurements": api_schemas.MEASUREMENTS_EXAMPLE}
    assert main(["plan", written(case), "--log", written(LOG, "log.json"), "--json"]) == 0
    assert ask("/plan", {"case": case, "log": LOG}).content.decode() == capsys.readouterr().out


def test_preferences_stand_instead_of_those_of_the_case() -> None:
    case = case_of(ROOT / "examples" / "hamstring-strain-28.yaml")
    plan = ask("/plan", {"case": case, "preferences": {"days": ["tue", "fri"], "minutes_per_day": 20}}).json()
    sessions = plan["programme"]["sessions"]
    assert {s["day"] for s in sessions} <= {"tue", "fri"}
    assert all(s["minutes"] <= 20 for s in sessions)


@pytest.mark.parametrize("forecast", [False, True])
def test_a_trend_is_byte_for_byte_that_of_the_command_line(forecast: bool, written: Any, capsys: Any) -> None:
    case = {"id": "x", "age": 58, "sex": "male", "measurements": api_schemas.MEASUREMENTS_EXAMPLE}
    assert main(["track", "show", written(case), "--json", *(["--forecast"] if forecast else [])]) == 0
    assert ask("/trend", {**case, "forecast": forecast}).content.decode() == capsys.readouterr().out


def test_an_entry_of_knowledge_is_that_of_the_command_line(capsys: Any) -> None:
    for kind, id_ in (("conditions", "lumbar-disc-radiculopathy"), ("exercises", "bridge"), ("measures", "heel-rise")):
        assert main(["knowledge", "show", f"{kind}/{id_}", "--json"]) == 0
        assert Client().get(f"/api/v1/knowledge/{kind}/{id_}").json()["entry"] == json.loads(capsys.readouterr().out)


# The interview


def test_an_interview_by_requests_ends_like_one_at_the_command_line() -> None:
    """Each answer goes back as it came; the case at the end is assessed like any other."""
    body: dict[str, Any] = {"case": {"schema": "soleus/case/1", "age": 58, "sex": "male", "narrative": TOLD}}
    asked = []
    for _ in range(40):
        step = ask("/interview/next", body).json()
        if step["finish"]:
            break
        question = step["question"]
        asked.append(question["id"])
        body = {
            "case": body["case"],
            "answers": step["answers"],
            "reply": {"question": question["id"], "chosen": ["none"] if question["form"] == "several" else []},
        }
    assert step["finish"]["reason"] in ("settled", "enough")
    assert step["question"] is None
    assert len(asked) == len(set(asked)) == len(step["answers"]) >= 5
    assert "pelvis" in asked, "what nobody may be spared"
    result = ask("/assess", step["case"]).json()
    assert {"finding": "numb-sole", "side": "left"}.items() <= next(
        u for u in result["understood"] if u.get("finding") == "numb-sole"
    ).items()


def test_an_answer_is_taken_back_by_leaving_it_out() -> None:
    case = {"age": 58, "sex": "male", "findings": [{"finding": "calf weakness", "side": "left"}]}
    first = ask("/interview/next", {"case": case}).json()
    second = ask("/interview/next", {"case": case, "reply": {"question": first["question"]["id"]}}).json()
    assert second["question"]["id"] != first["question"]["id"]
    third = ask("/interview/next", {"case": case, "answers": second["answers"], "reply": {"question": second["question"]["id"]}}).json()
    again = ask("/interview/next", {"case": case, "answers": third["answers"][:1]}).json()
    assert again["question"] == second["question"]
    earlier = ask("/interview/next", {"case": case, "answers": third["answers"][1:]}).json()
    assert [a["question"] for a in earlier["answers"]] == [second["question"]["id"]], "any of them, not only the last"


def test_a_red_flag_ends_the_interview_with_what_to_do() -> None:
    step = ask(
        "/interview/next", {"case": {"age": 45, "sex": "female", "narrative": "I cannot pass urine and I am numb between the legs."}}
    ).json()
    assert step["finish"]["reason"] == "emergency"
    assert any("112" in line for line in step["finish"]["do_now"])


def test_a_case_with_its_interview_goes_on_where_it_was() -> None:
    case = {"age": 58, "sex": "male", "findings": [{"finding": "calf weakness", "side": "left"}]}
    first = ask("/interview/next", {"case": case}).json()
    second = ask("/interview/next", {"case": case, "reply": {"question": first["question"]["id"]}}).json()
    again = ask("/interview/next", {"case": second["case"]}).json()
    assert (again["question"], again["answers"]) == (second["question"], second["answers"])
    refused = send(Client(), "POST", "/interview/next", {"case": second["case"], "answers": second["answers"]})
    assert refused.status_code == 422


def test_a_reply_that_does_not_fit_is_refused_with_its_place() -> None:
    case = {"age": 58, "sex": "male", "findings": [{"finding": "calf weakness", "side": "left"}]}
    first = ask("/interview/next", {"case": case}).json()["question"]["id"]
    other = send(Client(), "POST", "/interview/next", {"case": case, "reply": {"question": "other"}})
    assert (other.status_code, problems(other)[0][0]) == (409, "reply.question")
    wrong = send(Client(), "POST", "/interview/next", {"case": case, "reply": {"question": first, "chosen": ["blue"]}})
    assert (wrong.status_code, problems(wrong)[0][0]) == (422, "reply")
    fact = {"about": "age", "value": "old"}
    made_up = send(
        Client(), "POST", "/interview/next",
        {"answers": [{"question": "age", "kind": "opening", "facts": [fact, {"about": "no-such-finding", "value": "present"}]}]},
    )  # fmt: skip
    assert [p[0] for p in problems(made_up)] == ["answers[0].facts[0].value", "answers[0].facts[1].about"]


# What is wrong


def test_every_fault_is_told_at_once_with_its_line() -> None:
    body = '{"age": 300,\n "findings": [\n  {"finding": "calf weakness",\n   "side": "front"},\n  {"finding": "knee flexion strength", "value": "6/5"}],\n "colour": 1}'
    answer = send(Client(), "POST", "/assess", body)
    assert answer.status_code == 422
    found = {(where, line) for where, _, line in problems(answer)}
    assert found == {("age", 1), ("findings[0].side", 4), ("findings[1].value", 5), ("colour", 6)}
    assert all(p["cure"] for p in answer.json()["problems"])


def test_faults_of_case_and_log_are_told_together_with_their_places() -> None:
    body = '{"case":\n {"age": -1, "findings": ["calf weakness"]},\n "log": {"sessions": [\n  {"on": "2031-01-01", "exercises": []}]}}'
    answer = send(Client(), "POST", "/plan", body)
    assert answer.status_code == 422
    assert {("case.age", 2), ("log.sessions[0].on", 4)} <= {(where, line) for where, _, line in problems(answer)}


@pytest.mark.parametrize(
    ("body", "status", "words", "line"),
    [
        ('{"age": 3,\n "sex" "male"}', 400, "is not JSON", 2),
        ("", 422, "is missing", None),
        ("[]", 400, "not a JSON object", None),
        ('{"age": NaN}', 400, "no number", None),
        ('{"age": 1, "age": 2}', 400, "twice", None),
        ('{"text": "\\ud800"}', 400, "character", None),
        ('{"text": "a\\u0000b"}', 400, "character", None),
        (b'{"text": "\xff"}', 400, "UTF-8", None),
        ('{"a":' * 100_000, 400, "nested", None),
        ('{"age": ' + "9" * 5_000 + "}", 400, "digits", None),
        ('{"text": "' + "x" * 1_000_001 + '"}', 413, "1 MB", None),
        ('{"text": "' + "x" * 20_001 + '"}', 422, "longer", 1),
        ('{"text": ""}', 422, "holds no text", 1),
        ('{"text": "weak", "setting": "moon"}', 422, "not one of", 1),
        ("{}", 422, "says nothing", None),
    ],
)  # fmt: skip
def test_a_body_that_is_none_is_told_as_such(body: Any, status: int, words: str, line: int | None) -> None:
    answer = send(Client(), "POST", "/assess", body)
    assert answer.status_code == status, answer.content
    assert words in problems(answer)[0][1]
    assert problems(answer)[0][2] == line


def test_types_that_do_not_fit_are_told_in_the_same_form() -> None:
    answer = send(Client(), "POST", "/knowledge/search", {"words": "", "most": 1000, "colour": 1})
    assert answer.status_code == 422
    assert {p[0] for p in problems(answer)} == {"words", "most", "colour"}


def test_what_is_nowhere_is_told_in_the_same_form() -> None:
    for path in ("/nowhere", "/knowledge/colours", "/knowledge/conditions/no-such"):
        answer = Client().get(f"/api/v1{path}")
        assert (answer.status_code, len(problems(answer))) == (404, 1)


def test_nothing_is_kept_by_a_cache_and_nothing_is_stored(rows: Any) -> None:
    before = rows()
    for path, body in (("/assess", {"text": TOLD}), ("/interview/next", {"case": {"narrative": TOLD}})):
        answer = ask(path, body)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers
    assert rows() == before


def test_who_asks_too_often_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_base.QUICK, "most", 3)
    monkeypatch.setattr("soleus.web.api_base.time.time", lambda: 1_800_000_000.0)
    body = {"words": "calf"}
    assert [send(Client(), "POST", "/knowledge/search", body).status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = send(Client(), "POST", "/knowledge/search", body)
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert problems(answer)[0][1]


# What is documented


def test_openapi_describes_every_operation() -> None:
    schema = Client().get("/api/v1/openapi.json").json()
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"], path
            assert operation["tags"], path
            if path != "/api/v1/status" and method != "delete":
                assert any("content" in r for r in operation["responses"].values()), path
            if "requestBody" in operation:
                assert examples(operation, schema), path
    refs = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(schema)))
    assert refs <= set(schema["components"]["schemas"])


def test_the_page_for_readers_shows_every_operation(open_page: Any, axe: Any, fits: Any, screen: Any) -> None:
    page = open_page(width=320)
    page.goto("/api/v1/")
    for path in ("/api/v1/assess", "/api/v1/cases/{code}/measurements/{number}"):
        assert page.get_by_text(path).first.is_visible()
    page.get_by_text("Example of a body").first.click()
    axe(page)
    fits(page)
    screen(page, "api-320")


def test_every_operation_answers_its_own_example(alice: Any, as_: Any, case_data: Any) -> None:
    """With a case of hers that has been measured, every documented operation does what it says with its example."""
    schema = api.get_openapi_schema()
    client = as_(alice)
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            data = {**case_data, "measurements": api_schemas.MEASUREMENTS_EXAMPLE}
            case = save_case(by=alice, data=data, today=timezone.localdate())
            about = f"/cases/{case.code}" + ("/measurements" if "number" in path else "")
            shown = client.get(f"/api/v1{about}").json()
            version = shown["measurements"][0]["version"] if "number" in path else shown["version"]
            where, headers = path.removeprefix("/api/v1"), {}
            for p in operation["parameters"]:
                example = str(p.get("example", p["schema"].get("example", ""))).replace("{code}", case.code).replace("{version}", version)
                if p["in"] == "path":
                    where = where.replace("{" + p["name"] + "}", example)
                elif p["in"] == "header":
                    headers[p["name"]] = example
            for body in examples(operation, schema) or [None]:
                answer = send(client, method.upper(), where, body, **headers)
                assert answer.status_code == min(int(s) for s in operation["responses"]), (method, path, answer.content[:500])
                case.pk and Case.objects.filter(pk=case.pk).delete()


def test_documents_have_the_keys_that_are_documented() -> None:
    case = case_of(ROOT / "examples" / "hamstring-strain-28.yaml")
    documents = (
        (api_schemas.Assessment, ask("/assess", case).json()),
        (api_schemas.Plan, ask("/plan", {"case": case}).json()),
        (api_schemas.Trend, ask("/trend", {"measurements": api_schemas.MEASUREMENTS_EXAMPLE}).json()),
        (api_schemas.InterviewStep, ask("/interview/next", {"case": case}).json()),
    )
    for model, document in documents:
        read = model.model_validate(document)
        assert not read.model_extra, model


def test_every_entry_of_knowledge_can_be_read() -> None:
    client = Client()
    for row in client.get("/api/v1/knowledge").json():
        listed = client.get(f"/api/v1/knowledge/{row['kind']}").json()["entries"]
        assert len(listed) == row["count"] > 0
        assert all(e["name"] for e in listed), row
        for e in (listed[0], listed[-1]):
            found = client.get(f"/api/v1/knowledge/{row['kind']}/{e['id']}").json()
            assert (found["id"], found["name"]) == (e["id"], e["name"])
            if found["article"]:
                assert client.get(found["article"]).status_code == 200
    for kind in KINDS:
        assert all(dataclasses.is_dataclass(entry) for entry in entries_of(kind).values())


def test_an_entry_names_its_sources() -> None:
    found = Client().get("/api/v1/knowledge/conditions/lumbar-disc-radiculopathy").json()
    refs = {v["ref"] for part in ("findings", "syndromes", "risk_factors") for v in found["entry"][part].values() if v["ref"]}
    assert refs
    assert refs <= set(found["sources"])


def test_search_finds_what_was_misspelt() -> None:
    hits = ask("/knowledge/search", {"words": "foot dropp", "most": 3}).json()["hits"]
    assert "foot" in hits[0]["title"].lower()
    assert Client().get(hits[0]["knowledge"]).status_code == 200
    assert Client().get(hits[0]["article"]).status_code == 200


# Saved cases


@pytest.fixture
def case(alice: Any, bob: Any, case_data: Any) -> Case:
    """Alice's, shared with Bob."""
    data = {**case_data, "measurements": api_schemas.MEASUREMENTS_EXAMPLE, "log": {"sessions": LOG["sessions"]}}
    made = save_case(by=alice, data=data, today=timezone.localdate(), title="Calf")
    share, _ = share_case(by=alice, case=made, days=7)
    take_share(share=share, user=bob)
    return made


def test_who_may_what(as_: Any, alice: Any, bob: Any, charlie: Any, eve: Any, moderator: Any, admin: Any, case: Case) -> None:
    """Owner, clinician with the share, everybody else, nobody: every operation on a case."""
    schema = api.get_openapi_schema()
    seen = set()
    for path, operations in schema["paths"].items():
        if "{code}" not in path:
            continue
        for method, operation in operations.items():
            where = path.removeprefix("/api/v1").replace("{code}", case.code).replace("{number}", "1")
            body = (examples(operation, schema) or [None])[0]
            for user in (charlie, eve, moderator, admin):
                assert send(as_(user), method.upper(), where, body, **{"If-Match": "x"}).status_code == 404, (method, path, user)
            assert send(as_(None), method.upper(), where, body).status_code == 401
            if method == "get":
                assert send(as_(alice), "GET", where).status_code == 200
                assert send(as_(bob), "GET", where).status_code == 200
            elif "measurements" not in path:
                assert send(as_(bob), method.upper(), where, body, **{"If-Match": "x"}).status_code == 403
            seen.add((method, path))
    assert len(seen) == 9
    case.refresh_from_db()
    assert case.data["age"] == 58
    assert {row.who_id for row in AccessLog.objects.filter(case=case, act="saw")} == {bob.pk}, "his looks are written down, hers are not"


def test_lists_show_what_is_visible(as_: Any, alice: Any, bob: Any, charlie: Any, case: Case) -> None:
    def codes(user: Any) -> list[tuple[str, bool]]:
        return [(c["code"], c["is_own"]) for c in as_(user).get("/api/v1/cases").json()["cases"]]

    assert codes(alice) == [(case.code, True)]
    assert codes(bob) == [(case.code, False)]
    assert codes(charlie) == []


def test_results_of_a_case_are_those_of_its_file(as_: Any, alice: Any, case: Case) -> None:
    client = as_(alice)
    file = {k: v for k, v in case.data.items() if k != "log"}
    assert client.get(f"/api/v1/cases/{case.code}/assessment").json() == ask("/assess", file).json()
    assert client.get(f"/api/v1/cases/{case.code}/trend?forecast=true").json() == ask("/trend", {**file, "forecast": True}).json()
    assert client.get(f"/api/v1/cases/{case.code}/plan").json() == ask("/plan", {"case": file, "log": LOG}).json()


def test_a_change_names_the_version_that_it_is_about(as_: Any, alice: Any, case: Case) -> None:
    client = as_(alice)
    read = client.get(f"/api/v1/cases/{case.code}")
    version = read.json()["version"]
    assert read.headers["ETag"] == f'"{version}"'
    new = {"title": "New", "case": {**read.json()["case"], "age": 59}}
    assert send(client, "PUT", f"/cases/{case.code}", new).status_code == 428
    changed = send(client, "PUT", f"/cases/{case.code}", new, **{"If-Match": f'"{version}"'})
    assert changed.status_code == 200
    assert (changed.json()["title"], changed.json()["case"]["age"]) == ("New", 59)
    assert changed.json()["version"] != version
    assert send(client, "PUT", f"/cases/{case.code}", new, **{"If-Match": version}).status_code == 412
    assert send(client, "DELETE", f"/cases/{case.code}", **{"If-Match": version}).status_code == 412
    assert send(client, "DELETE", f"/cases/{case.code}", **{"If-Match": changed.json()["version"]}).status_code == 204
    assert client.get(f"/api/v1/cases/{case.code}").status_code == 404


def test_a_faulty_case_changes_nothing(as_: Any, alice: Any, case: Case) -> None:
    client = as_(alice)
    version = client.get(f"/api/v1/cases/{case.code}").json()["version"]
    answer = send(client, "PUT", f"/cases/{case.code}", {"case": {"age": 500, "findings": [7]}}, **{"If-Match": version})
    assert answer.status_code == 422
    assert {p[0] for p in problems(answer)} == {"case.age", "case.findings[0]"}
    assert client.get(f"/api/v1/cases/{case.code}").json()["version"] == version


def test_measurements_are_added_and_taken_out(as_: Any, alice: Any, bob: Any, case: Case) -> None:
    client, where = as_(alice), f"/cases/{case.code}/measurements"
    new = {"measure": "heel rises", "side": "left", "value": 8, "on": "2026-10-01"}
    added = send(client, "POST", where, new)
    assert added.status_code == 201
    assert (added.json()["measure"], added.json()["value"], added.json()["entry"]) == ("heel-rise", 8.0, 5)
    assert send(client, "POST", where, new).status_code == 409, "it stands there already"
    wrong = send(client, "POST", where, {**new, "value": 8000})
    assert wrong.status_code == 422
    assert send(client, "POST", where, {**new, "measure": "moon"}).status_code == 422
    assert send(client, "POST", where, {**new, "on": "tomorrow"}).status_code == 422
    assert send(as_(bob), "POST", where, {**new, "value": "unable", "on": "2026-10-02"}).json()["unable"] is True
    first = client.get(f"/api/v1{where}").json()["measurements"][0]
    assert send(client, "DELETE", f"{where}/1").status_code == 428
    assert send(client, "DELETE", f"{where}/2", **{"If-Match": first["version"]}).status_code == 412
    assert send(client, "DELETE", f"{where}/99", **{"If-Match": first["version"]}).status_code == 404
    assert send(client, "DELETE", f"{where}/1", **{"If-Match": first["version"]}).status_code == 204
    left = client.get(f"/api/v1{where}").json()["measurements"]
    assert (left[0]["on"], left[0]["value"]) == ("2026-05-01", 17.0)
    assert len(left) == 5


def test_a_change_needs_the_form_token(alice: Any, case_data: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    body = {"title": "", "case": case_data}
    refused = send(client, "POST", "/cases", body)
    assert refused.status_code == 403
    assert "form token" in problems(refused)[0][1]
    assert Case.objects.count() == 0
    session = client.get("/api/v1/session").json()
    assert session["signed_in"] is True
    made = send(client, "POST", "/cases", body, **{"X-CSRFToken": session["form_token"]})
    assert made.status_code == 201
    assert Case.objects.get().owner == alice
    assert made.json()["case"]["age"] == 58


# Whatever is sent

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
OPERATIONS = {
    path.removeprefix("/api/v1"): examples(operation["post"], schema)
    for schema in (api.get_openapi_schema(),)
    for path, operation in schema["paths"].items()
    if "post" in operation and "{code}" not in path
}


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(inner, (*path, key))


@st.composite
def bodies(draw: Any, path: str) -> Any:
    """An example with some of its parts replaced by anything, or anything at all."""
    if draw(st.integers(0, 9)) == 0:
        return draw(JSON)
    body = copy.deepcopy(draw(st.sampled_from(OPERATIONS[path])))
    for _ in range(draw(st.integers(1, 3))):
        *above, last = draw(st.sampled_from([p for p in places(body) if p])) or ("x",)
        part = body
        for key in above:
            part = part[key]
        part[last] = draw(JSON | st.sampled_from(["", "left", "unknown", 0, -1, 1e308, [], {}, "2026-02-30", "9999-99-99", "none"]))
    if draw(st.booleans()):
        body[draw(st.text(max_size=8))] = draw(JSON)
    return body


@pytest.mark.parametrize("path", sorted(OPERATIONS))
def test_whatever_is_sent_nothing_breaks(path: str, alice: Any, as_: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_base.QUICK, "most", 10**9)
    monkeypatch.setattr(api_base.SLOW, "most", 10**9)
    client = as_(alice)

    @settings(max_examples=25 if path in ("/plan", "/trend") else 60, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(bodies(path))
    def check(body: Any) -> None:
        answer = send(client, "POST", path, json.dumps(body))
        assert answer.status_code < 500, (body, answer.content)
        if answer.status_code >= 400:
            assert answer.json()["problems"]

    check()


WRITTEN = st.text(max_size=20) | st.sampled_from(["", "stick", "Dr Lee", "−", "ﬁ", "a\tb\nc"])
MEASURED = st.fixed_dictionaries(
    {"measure": st.sampled_from(["heel-rise", "Heel-rises", "gait-speed-10m", "mrc-plantar-flexion", "TUG", "calf-circumference", "x"])},
    optional={
        "value": st.integers(0, 60) | st.floats(0, 60) | st.sampled_from(["unable", "4-", "5", "9,5", "", "−1"]) | JSON,
        "side": st.sampled_from(["left", "right", "both", ""]),
        "unit": st.sampled_from(["", "", "", "km/h", "cm", "x"]),
        "on": st.dates().map(str) | st.sampled_from(["today", "yesterday", "2026-09-01", "2026-09-02", ""]),
        "aid": WRITTEN,
        "by": WRITTEN,
        "note": WRITTEN,
        "sure": st.booleans(),
    },
)


@pytest.mark.parametrize(
    ("method", "path", "whatever"),
    [("PUT", "", bodies("/cases")), ("POST", "/measurements", MEASURED | MEASURED.map(lambda m: {"value": 9, **m, "sure": True}))],
)
def test_whatever_is_saved_can_be_read_again(
    method: str, path: str, whatever: Any, alice: Any, as_: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the readers let pass, every page of results can show, or refuses in words."""
    monkeypatch.setattr(api_base.SLOW, "most", 10**9)
    client, saved = as_(alice), 0
    data = {**api_schemas.CASE_EXAMPLE, "measurements": api_schemas.MEASUREMENTS_EXAMPLE[:1], "log": {"sessions": LOG["sessions"]}}
    made = save_case(by=alice, data=data, today=timezone.localdate())

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(whatever)
    def check(body: Any) -> None:
        nonlocal saved
        if method == "PUT" and isinstance(body, dict) and isinstance(body.get("case"), dict):
            body["case"] |= {key: data[key] for key in ("measurements", "log") if key not in body["case"]}
        version = client.get(f"/api/v1/cases/{made.code}").json()["version"]
        answer = send(client, method, f"/cases/{made.code}{path}", json.dumps(body), **{"If-Match": version})
        assert answer.status_code < 500, (body, answer.content)
        if answer.status_code < 300:
            saved += 1
            for result in ("assessment", "measurements", "trend"):
                read = client.get(f"/api/v1/cases/{made.code}/{result}")
                assert read.status_code in (200, 422), (body, read.content)
            Case.objects.filter(pk=made.pk).update(data=data)

    check()
    assert saved


def test_a_narrative_that_is_too_long_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def reading(*_: Any, **__: Any) -> Any:
        raise AssertionError("it was read")

    monkeypatch.setattr("soleus.web.assess.api.try_to_understand", reading)
    answer = send(Client(), "POST", "/assess", {"narrative": "My left calf is weak and numb. " * 6_500})
    assert answer.status_code == 422
    assert problems(answer)[0][:2] == ("narrative", "is longer than 20,000 characters.")
