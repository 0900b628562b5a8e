"""An OpenAI-compatible server, on this machine or not: one question, one answer, which nobody has checked yet.

Nothing of the environment but the key is used: no proxy, no .netrc. A proxy would carry even a request to this machine away.
"""

from __future__ import annotations

import ipaddress
import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass

import httpx
from pydantic import BaseModel, ValidationError

from soleus.domain.errors import EndpointError, Problem, UsageError

KEY = "SOLEUS_LLM_KEY"
TIMEOUT_S = 60.0
MAX_ANSWER_BYTES = 1_000_000
_LONGEST_NAME = 120


class _Model(BaseModel):
    id: str


class _Models(BaseModel):
    data: list[_Model]


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Answer(BaseModel):
    choices: list[_Choice]


@dataclass(frozen=True)
class Endpoint:
    """Where to ask."""

    base: str
    host: str
    stays_here: bool
    """Whether requests end on this machine. What a server here does with them Soleus cannot see."""
    encrypted: bool
    timeout_s: float = TIMEOUT_S

    def first_model(self) -> str:
        """The name of the first model that the server lists.

        Raises:
            EndpointError: If it lists none.
        """
        try:
            listed = _Models.model_validate_json(self._fetch("GET", "models", None)).data
        except ValidationError:
            listed = []
        if not listed or not listed[0].id.strip():
            raise EndpointError(Problem(self.host, "lists no models.", "Name one: --model NAME"))
        return listed[0].id

    def ask(self, model: str, instructions: str, text: str, schema: Mapping[str, object]) -> str:
        """The answer to a text under instructions, which should be JSON after the schema: it is not checked here.

        Raises:
            EndpointError: If there is no whole answer in time.
        """
        body = {
            "model": model,
            "messages": [{"role": "system", "content": instructions}, {"role": "user", "content": text}],
            "response_format": {"type": "json_schema", "json_schema": {"name": "statements", "strict": True, "schema": schema}},
            "temperature": 0,
            "stream": False,
        }
        try:
            choices = _Answer.model_validate_json(self._fetch("POST", "chat/completions", body)).choices
        except ValidationError:
            choices = []
        if not choices or (choices[0].message.content is None and not choices[0].message.refusal):
            raise EndpointError(
                Problem(self.host, "answers with something else than a chat completion.", "The address usually ends in /v1.")
            )
        if choices[0].message.refusal or choices[0].finish_reason == "content_filter":
            raise EndpointError(Problem(self.host, "its model refuses to read this text.", "Try another model: --model NAME"))
        if choices[0].finish_reason == "length":
            raise EndpointError(Problem(self.host, "its answer was cut short.", "Give the model more room, or shorten the text."))
        return choices[0].message.content or ""

    def _fetch(self, method: str, path: str, body: Mapping[str, object] | None) -> bytes:
        end = time.monotonic() + self.timeout_s
        headers = {"Accept": "application/json", "Accept-Encoding": "identity", "Content-Type": "application/json", **_authorization()}
        content = None if body is None else json.dumps(body).encode("ascii")
        try:
            with (
                httpx.Client(trust_env=False, follow_redirects=False, timeout=self.timeout_s) as client,
                client.stream(method, f"{self.base}/{path}", content=content, headers=headers) as response,
            ):
                self._check(response, path)
                return self._body(response, end)
        except httpx.TimeoutException:
            raise self._too_slow() from None
        except httpx.ConnectError as fault:
            raise EndpointError(
                Problem(self.host, f"cannot be reached: {printable(str(fault))}.", "Is the server running, and the address right?")
            ) from None
        except httpx.HTTPError:
            raise EndpointError(Problem(self.host, "broke the connection off.", "Look into the log of the server.")) from None

    def _check(self, response: httpx.Response, path: str) -> None:
        status = response.status_code
        if status == 200 and response.headers.get("content-encoding", "identity") != "identity":
            raise EndpointError(Problem(self.host, "answers compressed though it was asked not to.", "Switch compression off there."))
        if status == 200:
            return
        what, cure = f"answers with an error (HTTP {status}).", "Look into the log of the server."
        if 300 <= status < 400:
            what, cure = f"sends to another address (HTTP {status}), which is not followed.", "Give the right address with --llm."
        elif status in (401, 403):
            what, cure = f"does not accept the key (HTTP {status}).", f"Put the right one into the environment variable {KEY}."
        elif status in (404, 405):
            what = f"knows no /{path} at this address, or not this model (HTTP {status})."
            cure = "The address usually ends in /v1; --model NAME names a model."
        elif status in (400, 422):
            what = f"does not understand the request (HTTP {status})."
            cure = "It must know `response_format` with a JSON schema, and the text must fit into the context of the model."
        elif status == 429:
            what, cure = "has too much to do or the quota is used up (HTTP 429).", "Try again later."
        raise EndpointError(Problem(self.host, what, cure))

    def _body(self, response: httpx.Response, end: float) -> bytes:
        read = bytearray()
        for piece in response.iter_raw():
            read += piece
            if len(read) > MAX_ANSWER_BYTES:
                raise EndpointError(Problem(self.host, f"answers with more than {MAX_ANSWER_BYTES:,} bytes.", "Try another model."))
            if time.monotonic() > end:
                raise self._too_slow()
        return bytes(read)

    def _too_slow(self) -> EndpointError:
        return EndpointError(
            Problem(self.host, f"gave no whole answer within {self.timeout_s:g} s.", "Wait longer with --timeout, or use a smaller model.")
        )


def endpoint(url: str, timeout_s: float = TIMEOUT_S) -> Endpoint:
    """Where an address leads, before anything is sent there.

    Args:
        url: Address up to what stands before `/chat/completions`.
        timeout_s: Longest wait for a whole answer. [s]

    Raises:
        UsageError: If it is no plain web address, or holds a key.

    Examples:
        >>> endpoint("http://127.0.0.1:8080/v1").stays_here
        True
        >>> endpoint("https://api.example.org/v1").stays_here
        False
    """
    try:
        parsed = httpx.URL(url.strip())
        host = parsed.raw_host.decode("ascii")
    except (httpx.InvalidURL, ValueError):
        raise _no_address("is no web address.") from None
    if parsed.scheme not in ("http", "https") or not host or not 0 < (parsed.port or 80) < 65_536:
        raise _no_address("is no web address.")
    if parsed.userinfo or parsed.query or parsed.fragment:
        raise _no_address(f"holds more than host, port and path. A key belongs into the environment variable {KEY}.")
    return Endpoint(str(parsed).rstrip("/"), printable(host), _is_loopback(host), parsed.scheme == "https", timeout_s)


def _no_address(what: str) -> UsageError:
    return UsageError(Problem("--llm", what, "For example: --llm http://localhost:8080/v1"))


def _is_loopback(host: str) -> bool:
    """By the host as written: no name is looked up before the person has agreed."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _authorization() -> dict[str, str]:
    key = os.environ.get(KEY, "").strip()
    if not key:
        return {}
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise UsageError(Problem(KEY, "holds characters that no key has.", "Copy the key once more."))
    return {"Authorization": f"Bearer {key}"}


def printable(said: str) -> str:
    """Somebody else's words, safe to show in a terminal: one line, no control characters, not long."""
    return "".join(c for c in " ".join(said.split()) if c.isprintable())[:_LONGEST_NAME]
