"""Consent, the worker's own view, and erasure that leaves nothing to read."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cotejo_prevention import database, home, keys, referrals, tally
from cotejo_prevention.home import Home
from cotejo_prevention.problems import CannotContinue
from cotejo_prevention.referrals import KEPT_DAYS, State
from cotejo_prevention.staff import Worker
from tests.prevention.conftest import NOW, hire, wanted

DAY = 24 * 60 * 60 * 1000


def everything_on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def tallies(installation: Home) -> dict[str, int]:
    with database.reading(installation) as connection:
        return {row["event"]: row["n"] for row in connection.execute("SELECT event, n FROM tally")}


def test_a_referral_is_read_back_by_its_own_worker_with_its_consent(installation: Home, marta: Worker) -> None:
    code = referrals.make(installation, marta, wanted(), now=NOW)
    (found,) = referrals.mine(installation, marta)
    assert found.wanted == wanted()
    assert found.state is State.REFERRED
    assert found.id == referrals.id_of(code)


def test_nobody_but_the_own_worker_reads_or_moves_a_referral(installation: Home, marta: Worker) -> None:
    referral_id = referrals.id_of(referrals.make(installation, marta, wanted(), now=NOW))
    julio = hire(installation, "julio")
    assert referrals.mine(installation, julio) == []
    assert referrals.one(installation, julio, referral_id) is None
    assert not referrals.move_on(installation, julio, referral_id, State.STARTED, now=NOW)


def test_f70_what_lies_on_the_disk_names_no_one(installation: Home, marta: Worker) -> None:
    code = referrals.make(installation, marta, wanted(), now=NOW)
    content = everything_on_disk(installation.root)
    for text in ("Lucero", "Inventada", "tía", code, code.replace("-", "")):
        assert text.encode() not in content


def test_withdrawal_leaves_a_copy_of_the_database_unreadable(installation: Home, marta: Worker) -> None:
    referral_id = referrals.id_of(referrals.make(installation, marta, wanted(), now=NOW))
    copy = installation.database.read_bytes()
    certificate = referrals.withdraw(installation, referral_id, now=NOW + DAY)
    assert certificate is not None
    assert (certificate.referral_id, certificate.erased) == (referral_id, NOW + DAY)
    installation.database.write_bytes(copy)
    assert referrals.mine(installation, marta) == []
    assert referrals.settle(installation, now=NOW + 2 * DAY) == 1
    assert referral_id.encode() not in installation.database.read_bytes()


def test_a_backup_restored_with_its_keys_is_cleaned_before_anybody_reads(installation: Home, marta: Worker) -> None:
    referral_id = referrals.id_of(referrals.make(installation, marta, wanted(), now=NOW))
    key, copy = (installation.keys / referral_id).read_bytes(), installation.database.read_bytes()
    referrals.withdraw(installation, referral_id, now=NOW)
    installation.database.write_bytes(copy)
    home.write_private(installation.keys / referral_id, key)
    referrals.settle(installation, now=NOW)
    assert referrals.mine(installation, marta) == []
    assert not (installation.keys / referral_id).exists()


def test_withdrawal_interrupted_after_the_key_is_gone_is_finished_at_the_next_start(
    installation: Home, marta: Worker
) -> None:
    referral_id = referrals.id_of(referrals.make(installation, marta, wanted(), now=NOW))
    installation.withdrawn.write_text(referral_id + "\n", "ascii")
    keys.destroy(installation.keys, referral_id)
    assert referrals.mine(installation, marta) == []
    assert referrals.settle(installation, now=NOW) == 1


def test_withdrawing_twice_gives_one_certificate_and_counts_once(installation: Home, marta: Worker) -> None:
    referral_id = referrals.id_of(referrals.make(installation, marta, wanted(), now=NOW))
    assert referrals.withdraw(installation, referral_id, now=NOW) is not None
    assert referrals.withdraw(installation, referral_id, now=NOW) is None
    assert tallies(installation) == {"referred": 1, "withdrawn": 1}


def test_what_nobody_has_touched_for_24_months_is_erased_unasked(installation: Home, marta: Worker) -> None:
    old = referrals.id_of(referrals.make(installation, marta, wanted("Antigua"), now=NOW))
    new = referrals.id_of(referrals.make(installation, marta, wanted("Reciente"), now=NOW + DAY))
    assert referrals.settle(installation, now=NOW + KEPT_DAYS * DAY) == 1
    assert [each.id for each in referrals.mine(installation, marta)] == [new]
    assert old != new


def test_help_moves_one_step_at_a_time_and_each_step_counts_once(installation: Home, marta: Worker) -> None:
    referral_id = referrals.id_of(referrals.make(installation, marta, wanted(), now=NOW))
    assert not referrals.move_on(installation, marta, referral_id, State.COMPLETED, now=NOW)
    assert referrals.move_on(installation, marta, referral_id, State.STARTED, now=NOW + 31 * DAY)
    assert not referrals.move_on(installation, marta, referral_id, State.STARTED, now=NOW + 31 * DAY)
    assert referrals.move_on(installation, marta, referral_id, State.COMPLETED, now=NOW + 32 * DAY)
    assert tallies(installation) == {"referred": 1, "started": 1, "completed": 1}


def test_a_row_copied_over_another_does_not_open(installation: Home, marta: Worker) -> None:
    first, second = (referrals.id_of(referrals.make(installation, marta, wanted(), now=NOW)) for _ in range(2))
    with database.transaction(installation) as connection:
        connection.execute(
            "UPDATE referral SET sealed = (SELECT sealed FROM referral WHERE id = ?) WHERE id = ?", (first, second)
        )
    with pytest.raises(CannotContinue, match="does not open"):
        referrals.mine(installation, marta)


def test_the_code_is_read_as_people_write_it() -> None:
    assert referrals.id_of("0011-ABCD-EFGH-JKMN-PQRS") == referrals.id_of("ooIl abcd efgh jkmn pqrs")
    assert referrals.id_of("0011-ABCD-EFGH-JKMN-PQRS") != referrals.id_of("0011-ABCD-EFGH-JKMN-PQRT")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(n=st.integers(0, 5000), figure=st.text(max_size=12))
def test_f69_a_small_count_is_not_said_and_others_are_rounded_the_same_way_each_time(n: int, figure: str) -> None:
    said = tally.published(n, bytes(32), figure)
    assert said == tally.published(n, bytes(32), figure)
    assert (said is None) == (n < 10)
    assert said is None or (said % 5 == 0 and abs(said - n) < 5 and said >= 10)


def test_f72_figures_leave_only_for_half_years_that_are_over(installation: Home, marta: Worker) -> None:
    for _ in range(12):
        referrals.make(installation, marta, wanted(), now=NOW)
    assert tally.figures(installation, (), now=NOW)["periods"] == []
    (period,) = tally.figures(installation, (), now=NOW + 184 * DAY)["periods"]
    assert period["half_year"] == "2026-H2"
    assert period["counts"]["referred"] in {10, 15}
    assert period["counts"]["started"] is None
