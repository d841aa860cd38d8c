"""Whether a processor is idle, and a further process for one."""

import pytest

from planner.base import processors
from planner.base.processors import has_idle_processor, start_python


@pytest.mark.parametrize(("threads", "idle"), [(1, True), (2, True), (3, False), (40, False)])
def test_a_processor_is_idle_while_fewer_other_threads_run(monkeypatch, tmp_path, threads, idle):
    monkeypatch.setattr(processors, "processors", lambda: 2)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    (tmp_path / "loadavg").write_text(f"9.18 7.05 4.23 {threads}/1042 63891\n", encoding="ascii")
    assert has_idle_processor(tmp_path / "loadavg") is idle


@pytest.mark.parametrize(("load", "idle"), [(1.5, True), (2.0, False)])
@pytest.mark.parametrize("content", [None, "", "nothing of the kind"])
def test_without_that_file_the_average_of_the_last_minute_decides(monkeypatch, tmp_path, content, load, idle):
    monkeypatch.setattr(processors, "processors", lambda: 2)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr("os.getloadavg", lambda: (load, 9.0, 9.0))
    if content is not None:
        (tmp_path / "loadavg").write_text(content, encoding="ascii")
    assert has_idle_processor(tmp_path / "loadavg") is idle


@pytest.mark.parametrize(("allowed", "idle"), [(2, True), (1, False)])
def test_the_threads_are_those_of_the_whole_computer(monkeypatch, tmp_path, allowed, idle):
    """A container may use two of 64 processors, and sees the threads of all."""
    monkeypatch.setattr(processors, "processors", lambda: allowed)
    monkeypatch.setattr("os.cpu_count", lambda: 64)
    (tmp_path / "loadavg").write_text("9.18 7.05 4.23 20/1042 63891\n", encoding="ascii")
    assert has_idle_processor(tmp_path / "loadavg") is idle


def test_a_further_process_has_the_environment_of_this_one_and_what_is_added(monkeypatch, tmp_path):
    monkeypatch.setenv("PYTHONUSERBASE", "of this process")
    for added in ({}, {"PYTHONUSERBASE": str(tmp_path)}):
        process = start_python("site", variables=added)
        assert process is not None
        assert added.get("PYTHONUSERBASE", "of this process") in process.communicate()[0].decode()
