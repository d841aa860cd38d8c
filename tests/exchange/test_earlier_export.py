"""An export replaces an earlier one of its plan, but not the export of another plan or of another register."""

from dataclasses import replace

import pytest

from planner.base.errors import FileTroubleError
from planner.base.files import write_all
from planner.exchange.register.earlier_export import require_same_plan
from planner.exchange.register.forms import RegisterForm, register_files
from planner.exchange.register.tables import register_tables
from planner.intake.comparing.reading.register import read_whole_register
from planner.intake.origin import Origin, origin_now
from tests.factories import reading_of

OTHER_REGISTER = "0123456789abcdef"
ROADS = Origin("roads", OTHER_REGISTER)


@pytest.mark.parametrize("form", RegisterForm)
def test_only_an_export_of_the_same_plan_is_replaced(sqlite_register, tmp_path, form):
    with sqlite_register.reading() as session:
        reading = reading_of(session)
        origin = origin_now(reading)
        tables = register_tables(read_whole_register(reading), origin=origin)
        files = register_files(form, tables, reading.plan, origin=origin)
        write_all({tmp_path / name: content for name, content in files.items()})
    there = tmp_path if form is RegisterForm.CSV else tmp_path / f"register.{form}"

    require_same_plan(there, replace(origin, event=origin.event + 5, leaf=OTHER_REGISTER))
    with pytest.raises(FileTroubleError, match=rf"an export of the plan '{origin.plan}', and you export 'roads'"):
        require_same_plan(there, replace(origin, plan="roads"))
    with pytest.raises(FileTroubleError, match=rf"an export of the plan '{origin.plan}' in another register"):
        require_same_plan(there, replace(origin, register=OTHER_REGISTER))


@pytest.mark.parametrize("content", [b"", b"code,title\r\nT-1,Pier\r\n", b"PK\x03\x04", b"\xff\xfe\x00"])
def test_a_file_that_is_no_export_is_left_to_the_other_checks(tmp_path, content):
    (tmp_path / "a.csv").write_bytes(content)
    require_same_plan(tmp_path / "a.csv", ROADS)
    require_same_plan(tmp_path / "none.csv", ROADS)
    require_same_plan(tmp_path, ROADS)
