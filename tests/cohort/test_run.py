"""Cohorts made by one process, several and a cluster, and after all kinds of ends."""

import errno
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from random import Random
from threading import Timer

import pytest

from quizgen.cohort import run as runs
from quizgen.cohort.roster import Student
from quizgen.cohort.workers import Pool, workers_of
from quizgen.cohort.write import write_folder
from quizgen.errors import QuizgenError, UsageError
from quizgen.forms import record
from quizgen.grading.grade import Grader, settings_for
from tests.cohort.conftest import contents

STUDENT = {"exam.html", "responses.yaml"}
INSTRUCTOR = {"model-answers.html", "form.json", "responses-key.yaml"}
KILLS = 50


def test_each_student_has_two_folders_and_the_instructor_an_index(cohort, tmp_path):
    """And nothing else is left."""
    found = set(cohort(tmp_path, 3))
    expected = {f"student/{n}/{name}" for n in "123" for name in STUDENT}
    expected |= {f"instructor/{n}/{name}" for n in "123" for name in INSTRUCTOR}
    expected |= {f"instructor/{name}" for name in ("index.html", "index.csv", "cohort.json")}
    assert {name for name in found if "/assets/" not in name} == expected
    assert {name.rpartition("/")[0] for name in found if "/assets/" in name} == {"student/assets", "instructor/assets"}


def test_the_bytes_do_not_depend_on_the_runs_or_on_who_works(cohort, questions, tmp_path, monkeypatch):
    """One process with small runs and with one run, two processes, and threads: all make the same files."""
    alone = cohort(tmp_path / "alone")
    assert cohort(tmp_path / "two", workers=workers_of(jobs=2, cluster=None)) == alone
    assert cohort(tmp_path / "threads", workers=_threads) == alone
    monkeypatch.setattr("quizgen.cohort.order.SEATS_AT_ONCE", 100)
    assert cohort(tmp_path / "at-once") == alone


@contextmanager
def _threads():
    with ThreadPoolExecutor(2) as executor:
        yield Pool(executor, 2)


def test_a_killed_process_is_started_again(cohort, tmp_path, monkeypatch):
    """The bytes are those of a cohort that nobody disturbed."""
    undisturbed = cohort(tmp_path / "a")
    mark = tmp_path / "killed"
    make_run = runs.make_run

    def killed_once(content, run):
        if run.seats[0].number == 4 and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        make_run(content, run)

    monkeypatch.setattr(runs, "make_run", _Named(killed_once))
    assert cohort(tmp_path / "b", workers=workers_of(jobs=2, cluster=None)) == undisturbed
    assert mark.exists()


class _Named:
    """A function that another process finds by name, since it begins as a copy of this one."""

    current = None

    def __init__(self, function):
        type(self).current = function

    def __call__(self, *arguments):
        type(self).current(*arguments)


def test_every_form_is_another_and_its_own_key_earns_full_points(cohort, tmp_path):
    """No two share a name; the recorded keys are accepted, but for what a person grades."""
    cohort(tmp_path, 6)
    forms = [record.read(path) for path in sorted(tmp_path.glob("instructor/*/form.json"))]
    assert len({form.id for form in forms}) == len(forms) == 6
    assert (
        len(
            {
                form.items[0].numbers["first"].printed
                if "first" in form.items[0].numbers
                else str(form.items[0].numbers)
                for form in forms
            }
        )
        > 3
    )
    from quizgen.grading.intake.responses import read_responses

    for form, path in zip(forms, sorted(tmp_path.glob("instructor/*/responses-key.yaml")), strict=True):
        (response,) = read_responses([path], form)
        report = Grader(form, settings_for(form)).grade(response)
        assert all(part.status in ("right", "not-answered", "needs-review") for part in report.parts)


# -- resuming ----------------------------------------------------------------------------------------------------------


def test_a_cohort_is_not_made_twice_in_one_folder(cohort, tmp_path):
    """Without --resume it is refused; with it, nothing is left to do."""
    first = cohort(tmp_path)
    with pytest.raises(UsageError, match="holds a cohort already"):
        cohort(tmp_path)
    assert cohort(tmp_path, resume=True) == first


def test_another_cohort_is_not_resumed(cohort, tmp_path):
    """A longer roster would leave files of both."""
    cohort(tmp_path)
    with pytest.raises(UsageError, match="another cohort"):
        cohort(tmp_path, 11, resume=True)


def test_a_folder_with_other_files_is_left_alone(cohort, tmp_path):
    """They may be somebody's work."""
    (tmp_path / "student").mkdir()
    (tmp_path / "student" / "essay.txt").touch()
    with pytest.raises(UsageError, match="not empty"):
        cohort(tmp_path)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the process to kill is a fork")
def test_killed_at_any_moment_it_goes_on_to_the_same_bytes(cohort, tmp_path):
    """Fifty times at random: no file is ever cut off, and resuming ends as if nothing had happened."""
    begun = time.perf_counter()
    whole = cohort(tmp_path / "whole")
    duration = time.perf_counter() - begun
    random = Random(7)  # noqa: S311  (moments, not secrets)
    for number in range(KILLS):
        out = tmp_path / str(number)
        child = os.fork()
        if not child:
            try:
                cohort(out)
            finally:
                os._exit(0)
        time.sleep(random.uniform(0, 1.1) * duration)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        if out.exists():
            there = {name: content for name, content in contents(out).items() if not name.startswith(".quizgen")}
            assert {name: whole.get(name) for name in there} == there
        assert cohort(out, resume=True) == whole


# -- what the system refuses -------------------------------------------------------------------------------------------


def test_a_full_disk_leaves_no_half_a_folder_and_can_be_resumed(cohort, tmp_path, monkeypatch):
    """The message says what is wrong; after room was made, the work goes on."""
    whole = cohort(tmp_path / "whole")
    count = 0

    def full(out, name, files):
        nonlocal count
        count += 1
        if count == 7:
            (out / ".quizgen-unfinished" / "half").mkdir()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write_folder(out, name, files)

    monkeypatch.setattr(runs, "write_folder", full)
    with pytest.raises(QuizgenError, match="No space left on device") as error:
        cohort(tmp_path / "full")
    assert "--resume" in str(error.value)
    monkeypatch.setattr(runs, "write_folder", write_folder)
    assert cohort(tmp_path / "full", resume=True) == whole


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the limit is set with prlimit")
def test_files_larger_than_the_system_allows_are_not_written_by_half(tmp_path):
    """With a limit on the size of files the command ends with a message, and no file is shorter than it should be."""
    import resource

    ended = subprocess.run(
        [
            sys.executable,
            "-m",
            "quizgen",
            "exam",
            "--copies",
            "3",
            "--seed",
            "1",
            "--questions",
            "2",
            "--out",
            tmp_path / "o",
        ],
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
        check=False,
    )
    assert ended.returncode == 1
    assert "cannot be written" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert all(size.stat().st_size < 20_000 for size in (tmp_path / "o").rglob("*.html"))


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="an administrator may write everywhere")
def test_a_folder_that_cannot_be_written(cohort, tmp_path):
    """It is named."""
    tmp_path.chmod(0o500)
    with pytest.raises(QuizgenError, match="cannot be written"):
        cohort(tmp_path / "out")


def test_ids_of_any_kind_have_folders_of_their_own(cohort, tmp_path):
    """Slashes, dots, spaces, emoji and 300 characters: nothing is written elsewhere, and no two share a folder."""
    ids = ["a/b", "a.b", "a b", "..", "😀", "x" * 300, "assets", "A-B", "a-b"]
    found = cohort(tmp_path / "out", roster=[Student(id=own) for own in ids])
    assert len({name.split("/")[1] for name in found if name.endswith("exam.html")}) == len(ids)
    assert {path.name for path in tmp_path.iterdir()} == {"out"}


# -- a cluster ---------------------------------------------------------------------------------------------------------


def test_a_cluster_makes_the_same_bytes_though_a_worker_is_killed(cohort, tmp_path):
    """Two workers on this machine; one is killed while it works, and what it had in hand is made by another."""
    distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    alone = cohort(tmp_path / "alone", 24)
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        victim = cluster.workers[0].pid
        timer = Timer(0.2, os.kill, (victim, signal.SIGKILL))
        timer.start()
        assert cohort(tmp_path / "cluster", 24, workers_of(jobs=1, cluster=cluster.scheduler_address)) == alone
        timer.join()


def test_a_cluster_that_is_not_there_is_named():
    """With what to look for."""
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    with pytest.raises(QuizgenError, match=r"127\.0\.0\.1:9"):
        workers_of(jobs=1, cluster="tcp://127.0.0.1:9")().__enter__()


def test_without_its_package_a_cluster_says_what_to_install(monkeypatch):
    """The extra is named."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match="distributed") as error:
        workers_of(jobs=1, cluster="tcp://127.0.0.1:9")
    assert "quizgen[cluster]" in str(error.value)
