"""Reports made from a matrix of scores."""

import numpy as np
import pytest

from quizgen.grading.scores import Asked, PartScore, ScoreReport


def made_part(name, score, points=1.0, *, label="", variant=0, status=None, diagnosis=None, read_as=""):
    """A part called ``name``, whose label is its name unless told otherwise."""
    status = status or ("right" if score == points else "partial" if score else "wrong")
    return PartScore(
        label=label or name,
        asked=Asked(template=f"template-{name}", part=name, variant=variant, title=f"Question {name}"),
        status=status,
        score=score,
        points=points,
        response="x",
        read_as=read_as,
        diagnosis=diagnosis,
    )


def made_report(student, parts, form="f-1"):
    return ScoreReport(form=form, title="Practice", student=student, parts=tuple(parts))


@pytest.fixture(scope="session")
def reports_of():
    """Make reports from rows of scores, one a student, with parts a, b, c, ..."""

    def make(rows, *, points=None, form="f-1"):
        rows = np.asarray(rows, dtype=float)
        points = np.ones(rows.shape[1]) if points is None else points
        return [
            made_report(
                f"student {number}",
                [made_part(chr(97 + part), float(score), float(points[part])) for part, score in enumerate(row)],
                form,
            )
            for number, row in enumerate(rows)
        ]

    return make
