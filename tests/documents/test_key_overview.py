"""The page with all versions' keys."""

import pytest

from quizgen.blocks import Grid
from quizgen.documents.key_overview import BY_HAND, key_overview
from quizgen.forms.versions import make_versions
from quizgen.items import ITEM_TYPES
from quizgen.renderers import RENDERERS


@pytest.fixture(scope="module")
def versions(bank):
    return make_versions(bank, bank.blueprints["practice"], ("A", "B"), seed=7)


@pytest.fixture(scope="module")
def grids(versions):
    return [block for block in key_overview(versions).blocks if isinstance(block, Grid)]


def keys(version):
    return [
        (part.label, ITEM_TYPES[part.type].key_response(part) or BY_HAND)
        for item in version.form.items
        for part in item.parts
    ]


def test_each_version_has_its_keys_in_its_own_order(versions, grids):
    """Whoever marks one version reads down its own table."""
    for version, grid in zip(versions, grids[2:], strict=True):
        assert [row[:2] for row in grid.rows] == keys(version)


def test_the_same_part_stands_in_one_row(versions, grids):
    """Side by side stand what the part is called in each version and its key there."""
    for version, column in zip(versions, (1, 2), strict=True):
        assert sorted(row[column] for row in grids[1].rows) == sorted(f"{label}: {key}" for label, key in keys(version))


def test_no_cell_is_empty(grids):
    """An empty cell would be drawn as one to fill in."""
    assert not [row for grid in grids for row in grid.rows if "" in row]


@pytest.mark.parametrize("name", ["md", "html", "pdf", "txt"])
def test_every_format_draws_it(versions, name):
    """The overview is a document like any other."""
    made = RENDERERS[name].render(key_overview(versions))
    assert name == "pdf" or versions[1].form.id.encode() in made
