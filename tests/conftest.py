"""What every test may use."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from soleus import knowledge_store
from soleus.assess import Assessment, assess
from soleus.domain.evidence import Evidence
from soleus.interchange.casefile.read import case_of_text
from soleus.interchange.evidence import Understanding, understand
from soleus.knowledge_store import Compiled, compile_all

TODAY = datetime.date(2026, 3, 2)
"""The day on which every test takes place."""
ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"

# The same examples in every run, so that green stays green until something changes; `make explore` looks for new ones.
settings.register_profile("same", derandomize=True)
settings.register_profile("explore", derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-golden", action="store_true", help="write the outputs of tests/golden anew (make golden)")


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> object:
    """No test reads or writes the cache of the person who runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOLEUS_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def compiled() -> Compiled:
    """The knowledge base that comes with Soleus, compiled once a run."""
    return compile_all()


@pytest.fixture(scope="module")
def opened_once(compiled: Compiled) -> Iterator[None]:
    """Commands of the module find the knowledge compiled: `compile_all` takes seconds and is tested elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(knowledge_store, "compile_all", lambda: compiled)
        knowledge_store.open_knowledge.cache_clear()
        knowledge_store.open_knowledge()
        yield
        knowledge_store.open_knowledge.cache_clear()


@pytest.fixture(scope="session")
def today() -> datetime.date:
    return TODAY


@pytest.fixture(scope="session")
def understood(compiled: Compiled) -> Callable[[str], Understanding]:
    """The text of a case file to what the reader makes of it; nothing in it may stay unread."""

    def read(text: str) -> Understanding:
        understanding = understand(case_of_text(text, TODAY), compiled.kb, compiled.lexicon, TODAY)
        assert understanding.not_understood == ()
        assert understanding.contradictions == ()
        return understanding

    return read


@pytest.fixture(scope="session")
def assessed(compiled: Compiled, understood: Callable[[str], Understanding]) -> Callable[[str], Assessment]:
    """The text of a case file to its full assessment, reader included."""

    def run(text: str) -> Assessment:
        return assess(understood(text).evidence, compiled.kb, compiled.network)

    return run


@pytest.fixture(scope="session")
def weigh(compiled: Compiled) -> Callable[[Evidence], Assessment]:
    """Evidence to its full assessment, without the reader."""
    return lambda evidence: assess(evidence, compiled.kb, compiled.network)


@pytest.fixture
def examples() -> list[Path]:
    """The example cases."""
    return sorted((ROOT / "examples").glob("*.yaml"))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with tests/golden/<name>; `make golden` writes it anew, and the reviewer reads the diff."""

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--rewrite-golden"):
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"tests/golden/{name} does not exist yet: run `make golden` and read it"
        assert text == path.read_text(encoding="utf-8"), (
            f"differs from tests/golden/{name}; if that is meant, run `make golden` and read the diff"
        )

    return check
