"""A record's samples as a table, as a plane, or as images; and what part of them that is."""

from epochreel.lecture.words import Words
from epochreel.record.classes import labels_of
from epochreel.record.view import View
from scenes.drawing.layout import Region
from scenes.drawing.scales import linear_scale
from scenes.drawing.theme import Theme
from scenes.parts.axes import Plane
from scenes.parts.sample_sheet import SampleSheet
from scenes.parts.selected import first_of_each
from scenes.parts.table import Field, Table, names_of

MOST_ROWS = 15


def table_of(view: View, region: Region, words: Words, theme: Theme) -> Table:
    """Some rows of the data: of classes the first of each, else the first ones."""
    inputs = view.inputs.reshape(len(view.inputs), -1)
    features = names_of(view.feature_names, inputs.shape[1], "x")
    targets = names_of(view.target_names, view.targets.shape[1], "y")
    names, true = view.class_names, labels_of(view.targets)
    rows = [*range(min(MOST_ROWS, len(inputs)))]
    if names:
        rows = first_of_each(true, len(names), MOST_ROWS)
    return Table(
        [Field(name, values) for name, values in zip(features, inputs.T)],
        [Field(name, values) for name, values in zip(targets, view.targets.T)],
        Region(region.left, region.top, region.right, region.bottom - 60),
        rows,
        theme,
        classes=(names, true) if names else None,
        class_title=words("class"),
        decimals=view.decimals,
    )


def plane_of(view: View, place: Region, theme: Theme) -> Plane:
    """The plane of two features."""
    x, y = view.inputs.T
    names = names_of(view.feature_names, 2, "x")
    area = Region(place.left, place.top + 20, place.right, place.bottom - 40)
    return Plane(linear_scale(x), linear_scale(y), area, (names[0], names[1]), theme)


def rows_shown(table: Table, view: View, words: Words) -> str:
    """What part of the data a table shows."""
    count, shown = len(view.inputs), len(table.rows)
    notes = [words("{count} row", "{count} rows", count=count)]
    if shown < count:
        notes = [words("{shown} of {count} rows", shown=shown, count=count)]
        if len(view.class_names) in range(2, shown + 1):
            first = words(
                "{shown} of {count} rows, the first of each class", shown=shown, count=count
            )
            notes = [first]
    if table.left_out:
        columns = len(table.features) + len(table.targets) * (not view.class_names)
        notes.append(
            words("{shown} of {count} columns", shown=columns, count=columns + table.left_out)
        )
    return ", ".join(notes)


def images_shown(sheet: SampleSheet, view: View, words: Words) -> str:
    """What part of the data a sheet of images shows."""
    shown, count = len(sheet.samples), len(view.inputs)
    note = words("{shown} of {count} images", shown=shown, count=count)
    if shown == count:
        note = words("{count} image", "{count} images", count=count)
    if sheet.classes_shown < len(view.class_names):
        note = words(
            "{note}, {classes} of {all} classes",
            note=note,
            classes=sheet.classes_shown,
            all=len(view.class_names),
        )
    return note
