"""The database is killed in the middle of its work: what was committed is there, the names for search are not (I9)."""

import os
import shutil
import signal
from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from cotejo.node.database import Database
from cotejo.node.database.leftover import until
from cotejo.node.database.place import known
from cotejo.node.home import Home
from cotejo.rules.acts import StreamKind
from cotejo.store import fsck
from cotejo.store.models import SearchName
from tests import pages
from tests.builders import memory
from tests.builders.memory import CATEGORISED, as_recorder, opened, person, plan, suspension
from tests.machine import passable_folder

ENOUGH = 60.0


@pytest.fixture
def home() -> Iterator[Home]:
    """Make a home everybody may pass through, for a database that is this test's alone and is killed."""
    with passable_folder() as folder:
        made = Home.create(folder / "alba", world="invented")
        yield made
        shutil.rmtree(known(made).folder, ignore_errors=True)


@pytest.mark.node
def test_i9_after_sigkill_acts_are_whole_and_names_are_made_again(
    home: Home, django_db_blocker: DjangoDbBlocker
) -> None:
    stream, database = person(), Database(home)
    with database, django_db_blocker.unblock():
        dsns = database.dsns()
        pages.migrate(dsns)
        with pages.connected(dsns.app):
            unit = memory.on_postgresql(home.folder, dsns).unit
            unit.rebuild_names()
            unit.commit(plan(stream, opened(stream), CATEGORISED, sends=(suspension(),)), **as_recorder())
            assert database.pid is not None
            os.kill(database.pid, signal.SIGKILL)
            assert until(lambda: not database.healthy(), ENOUGH)
    with database, django_db_blocker.unblock():
        dsns = database.dsns()
        with pages.connected(dsns.app):
            unit = memory.on_postgresql(home.folder, dsns).unit
            assert [entry.act for entry in unit.entries(stream)] == [opened(stream), CATEGORISED]
            assert not unit.recovering()
            assert fsck.examine(home).findings == ()
            assert SearchName.objects.count() == 0
            assert unit.rebuild_names() == 1
            assert unit.search(StreamKind.PERSON, "rosa", limit=5) == (stream,)
