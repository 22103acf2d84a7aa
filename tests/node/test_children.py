"""Forked processes: what they raise reaches the parent, and they end with it."""

import os
import signal
from contextlib import suppress

import pytest

from cotejo.node.children import end_group, fork, run_apart
from cotejo.node.database.leftover import alive, until
from cotejo.node.home import NodeError

ENOUGH = 60.0


def test_work_done_apart_is_done_and_leaves_the_parent_as_it_was() -> None:
    here = os.getpid()
    told, tells = os.pipe()
    run_apart("work", lambda: os.write(tells, str(os.getpid()).encode()) and None)
    assert int(os.read(told, 20)) != here
    os.close(told)
    os.close(tells)


def test_what_only_the_operator_can_mend_reaches_the_parent_in_both_languages() -> None:
    def fail() -> None:
        raise NodeError(en="The disk is full.", es="El disco está lleno.", detail="d")

    with pytest.raises(NodeError) as caught:
        run_apart("work", fail)
    assert (caught.value.en, caught.value.es, caught.value.detail) == ("The disk is full.", "El disco está lleno.", "d")


def test_any_other_end_is_named() -> None:
    with pytest.raises(ChildProcessError, match="work ended with 7"):
        run_apart("work", lambda: os._exit(7))


def test_a_child_ends_when_its_parent_is_killed() -> None:
    told, tells = os.pipe()

    def parent() -> None:
        pid = fork("grandchild", lambda: signal.pause() and None)
        os.write(tells, str(pid).encode())
        signal.pause()

    pid = fork("parent", parent)
    grandchild = int(os.read(told, 20))
    assert alive(grandchild)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    try:
        assert until(lambda: not alive(grandchild), ENOUGH)
    finally:
        with suppress(ProcessLookupError):
            os.kill(grandchild, signal.SIGKILL)
        os.close(told)
        os.close(tells)


def test_a_group_ends_whole_and_ending_it_again_is_harmless() -> None:
    pid = fork("child", lambda: signal.pause() and None)
    assert until(lambda: os.getpgid(pid) == pid, ENOUGH)
    end_group(pid, signal.SIGKILL)
    assert os.waitpid(pid, 0)[0] == pid
    end_group(pid, signal.SIGKILL)
