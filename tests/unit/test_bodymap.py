"""The body map: marks that become findings and come back, drawings that are sound and symmetrical, lesions that fit the textbook."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soleus.domain.case import Case, FindingEntry
from soleus.domain.evidence import Evidence, Observation
from soleus.domain.finding import Kind, Presence, Side
from soleus.interchange.evidence import understand
from soleus.reports.bodymap import curves, leg_front, skin_picture
from soleus.reports.bodymap.draw import body_map
from soleus.reports.bodymap.form import marks_from_form, regions_form
from soleus.reports.bodymap.ink import INKS, LOST, REFLEX, TOLD, icon
from soleus.reports.bodymap.lesion import Fit, compare, lesion_of
from soleus.reports.bodymap.lesion_picture import FIT_WORDS, LAYERS, legend, lesion_map
from soleus.reports.bodymap.marks import MARK_OF, UNSIDED, findings_to_marks, homes, marks_to_findings, ordered, with_mark
from soleus.reports.bodymap.multiples import by_mark, small_multiples
from soleus.reports.bodymap.regions import GROUPS, KINDS, MARKS, REGIONS
from soleus.reports.bodymap.skin_picture import skin_map
from soleus.reports.bodymap.territories import NERVE_FINDINGS, NERVE_NAMES, ROOT_NAMES
from soleus.reports.bodymap.views import VIEWS, view

SVG = "{http://www.w3.org/2000/svg}"
STATIC = Path(curves.__file__).parent / "static"
EVERYTHING = {id_: tuple(region.kind.findings) for id_, region in REGIONS.items()}
LEG_VIEWS = ("back", "front", "soles", "tops")


@pytest.fixture(scope="module")
def kb(compiled):
    return compiled.kb


@pytest.fixture(scope="module")
def anatomy(kb):
    return kb.anatomy


# Regions and their findings


def test_every_mark_becomes_a_finding_that_exists_and_keeps_its_side_if_the_finding_has_one(kb):
    for region in REGIONS.values():
        for mark, finding in region.kind.findings.items():
            assert finding in kb.findings, (region.id, mark)
            assert kb.findings[finding].sided != (finding in UNSIDED), (region.id, mark)


def test_every_finding_stands_for_one_mark_only():
    pairs = {(finding, mark) for region in REGIONS.values() for mark, finding in region.kind.findings.items()}
    assert len(pairs) == len(MARK_OF)


def test_regions_have_ids_and_plain_names_of_their_own_on_each_side():
    assert len({kind.id for kind in KINDS}) == len(KINDS)
    assert len({region.name for region in REGIONS.values()}) == len(REGIONS)
    for kind in KINDS:
        assert kind.name
        assert kind.clinical
        assert kind.group in GROUPS
        assert kind.findings
        sides = {r.side for r in REGIONS.values() if r.kind is kind}
        assert sides == ({Side.LEFT, Side.RIGHT} if kind.sided else {Side.UNSTATED})
        assert set(kind.rough) | set(kind.words) <= set(kind.findings)


def test_muscles_of_a_region_are_muscles_of_the_anatomy_and_make_the_movement_that_its_weakness_names(anatomy):
    for kind in KINDS:
        for muscle in kind.muscles:
            assert kind.findings["weak"] in anatomy.muscles[muscle].serves, (kind.id, muscle)


def test_every_region_is_drawn_and_everything_drawn_is_a_region():
    drawn = {region.id for id_ in VIEWS for region, _ in view(id_).regions()}
    assert drawn == set(REGIONS)


# Marks to findings and back


def test_a_weak_calf_is_weak_plantar_flexion_on_its_side():
    found = marks_to_findings({"soleus-left": ["weak"], "calf-inner-left": ["weak"]})
    note = "body map: calf-inner-left soleus-left"
    assert found == [{"finding": "weak-ankle-plantarflexion", "side": "left", "value": "present", "note": note}]


def test_both_sides_are_one_finding_on_both_sides():
    found = marks_to_findings({"heel-left": ["numb"], "heel-right": ["numb"]})
    assert [(f["finding"], f["side"]) for f in found] == [("numb-heel", "both")]


@pytest.mark.parametrize(("region", "mark", "finding"), [
    ("saddle", "numb", "numb-saddle"), ("low-back", "painful", "low-back-pain"), ("fingers-left", "weak", "hand-clumsiness"),
])  # fmt: skip
def test_a_finding_without_sides_gets_none(region, mark, finding):
    (found,) = marks_to_findings({region: [mark]})
    assert found["finding"] == finding
    assert "side" not in found


@pytest.mark.parametrize(("region", "mark", "finding"), [
    ("calf-outer-right", "swollen", "calf-swelling"), ("calf-inner-right", "wasted", "wasting-calf"), ("arch-left", "numb", "numb-sole"),
    ("soleus-right", "cramping", "muscle-cramps"), ("hamstring-outer-left", "painful", "posterior-thigh-pain"),
    ("shin-left", "weak", "weak-ankle-dorsiflexion"), ("big-toe-left", "weak", "weak-great-toe-extension"),
    ("knee-back-left", "swollen", "popliteal-mass"), ("hip-side-left", "weak", "weak-hip-abduction"),
])  # fmt: skip
def test_marks_mean_what_a_clinician_would_write_down(region, mark, finding):
    (found,) = marks_to_findings({region: [mark]})
    assert (found["finding"], found["side"]) == (finding, region.rsplit("-", 1)[1])


def test_what_does_not_exist_or_is_not_offered_is_passed_over():
    assert marks_to_findings({"tail": ["weak"], "saddle": ["weak", "itchy"], "heel-left": ["weak"]}) == []


def test_each_single_mark_comes_back_from_its_finding():
    for id_, region in REGIONS.items():
        for mark in region.kind.findings:
            marks = {id_: (mark,)}
            assert findings_to_marks(marks_to_findings(marks)) == (marks, [])


@given(st.dictionaries(st.sampled_from(sorted(REGIONS)), st.lists(st.sampled_from(MARKS)), max_size=12))
def test_any_marks_come_back_whatever_their_order(marks):
    found = marks_to_findings(marks)
    assert findings_to_marks(reversed(found)) == (ordered(marks), [])
    assert marks_to_findings(dict(reversed(list(marks.items())))) == found


def test_a_finding_from_elsewhere_is_drawn_on_every_region_that_means_it():
    marks, without = findings_to_marks([{"finding": "weak-ankle-plantarflexion", "side": "left", "value": "4-"}])
    assert set(marks) == {"calf-inner-left", "calf-outer-left", "soleus-left"}  # the tendon is no muscle
    assert without == []


@pytest.mark.parametrize("entry", [
    {"finding": "muscle-cramps", "side": "left"},  # somewhere in the leg: no one knows where
    {"finding": "weak-ankle-plantarflexion"},  # on which side?
    {"finding": "fever", "value": "present"},
])  # fmt: skip
def test_a_finding_without_a_place_is_given_back_and_not_guessed(entry):
    assert findings_to_marks([entry]) == ({}, [entry])


@pytest.mark.parametrize("value", ["absent", "normal", "5", "5/5", "not tested", "no", "unknown"])
def test_what_is_absent_healthy_or_unknown_is_not_marked(value):
    assert findings_to_marks([{"finding": "weak-knee-flexion", "side": "right", "value": value}]) == ({}, [])


@pytest.mark.parametrize("value", ["", "present", "mild", "4-", "0", "severe"])
def test_any_degree_of_weakness_is_marked(value):
    marks, _ = findings_to_marks([{"finding": "weak-hip-flexion", "side": "right", "value": value}])
    assert marks == {"groin-right": ("weak",)}


def test_a_note_that_names_another_finding_s_region_is_not_believed():
    marks, without = findings_to_marks([{"finding": "numb-heel", "side": "left", "note": "body map: groin-left nonsense"}])
    assert marks == {"heel-left": ("numb",)}
    assert without == []


def test_a_mark_is_set_and_taken_back():
    once = with_mark({}, "shin-left", "weak")
    assert once == {"shin-left": ("weak",)}
    assert with_mark(once, "shin-left", "weak") == {}


def test_every_entry_is_understood_as_written(compiled, today):
    entries = marks_to_findings({id_: marks for id_, marks in EVERYTHING.items() if not id_.endswith("-right")})
    for entry in entries:
        case = Case(findings=(FindingEntry(entry["finding"], Side(entry.get("side", "unstated")), entry["value"], place="findings[0]"),))
        read = understand(case, compiled.kb, compiled.lexicon, today)
        (observation,) = read.evidence.observations
        assert (observation.finding, observation.side) == (entry["finding"], Side(entry.get("side", "unstated")))
        assert observation.presence is Presence.PRESENT
        assert read.not_understood == ()
        if compiled.kb.findings[entry["finding"]].kind is Kind.STRENGTH:
            assert observation.weights[0] == 0


# The form


def test_the_form_offers_every_mark_of_every_region_once():
    boxes = [box for s in regions_form({}) for f in s.fieldsets for row in f.rows for box in row.boxes]
    assert sorted(box.value for box in boxes) == sorted(f"{id_}:{mark}" for id_, marks in EVERYTHING.items() for mark in marks)
    for attribute in ("id", "value", "spoken"):
        assert len({getattr(box, attribute) for box in boxes}) == len(boxes)
    assert not any(box.checked for box in boxes)


def test_the_form_shows_what_is_marked_and_reads_it_back():
    marks = {"calf-inner-left": ("weak", "wasted"), "saddle": ("numb",)}
    sections = regions_form(marks)
    ticked = [box.value for s in sections for f in s.fieldsets for row in f.rows for box in row.boxes if box.checked]
    assert ticked == ["calf-inner-left:weak", "calf-inner-left:wasted", "saddle:numb"]
    assert {s.title: s.marked for s in sections if s.marked} == {"Lower leg": 2, "Saddle": 1}
    assert marks_from_form(ticked) == marks


def test_the_form_believes_nothing_it_did_not_offer():
    assert marks_from_form(["heel-left:numb", "heel-left:itchy", "<script>:weak", "heel", "::"]) == {"heel-left": ("numb",)}


# Curves


def test_a_curve_passes_its_points_and_is_the_same_backwards():
    points = [(0.0, 0.0), (10.0, 5.0), (12.0, 20.0), (3.0, 30.0)]
    way = curves.bends(points)
    assert [way[0][0], *(b[3] for b in way)] == points
    back = curves.bends(points[::-1])
    for a, b in zip(curves.backwards(way), back, strict=True):
        for p, q in zip(a, b, strict=True):
            assert p == pytest.approx(q)


def test_a_straight_row_of_points_is_a_straight_line():
    way = curves.bends([(0.0, 0.0), (0.0, 10.0), (0.0, 20.0)])
    assert all(u == pytest.approx(0) for u, _ in curves.sampled(way))


def test_centre_and_inside_of_a_square():
    square = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)]
    assert curves.centre(square) == pytest.approx((2, 2))
    assert curves.inside((1, 1), square)
    assert not curves.inside((5, 1), square)


def test_paths_are_relative_whole_numbers_at_two_units_a_pixel():
    way = (curves.straight((1.0, 2.0), (4.0, 2.0)), curves.straight((4.0, 2.0), (4.0, 6.5)))
    assert curves.path(way) == "M2 4l6 0 0 9z"
    assert curves.path(way, -1, closed=False) == "M-2 4l-6 0 0 9"


def test_a_joint_that_is_not_on_a_curve_is_named():
    drawn = curves.drawing({"a": "p=0,0 q=1,1", "b": "r=2,2 s=3,3"})
    with pytest.raises(KeyError, match='"r" is not on the curve "a"'):
        drawn.outline("a p r")


# Drawings


def hits(shape, p):
    left, top, right, bottom = shape.outline.box
    return left <= p[0] <= right and top <= p[1] <= bottom and curves.inside(p, shape.outline.polygon)


def grid(height, step=3.0):
    return ((u + 0.37, y + 0.53) for u, y in product(range(0, 160, int(step)), range(0, int(height), int(step))))


@pytest.mark.parametrize("id_", VIEWS)
def test_regions_of_a_view_do_not_overlap(id_):
    found = [sum(hits(s, p) for s in view(id_).shapes) for p in grid(view(id_).height)]
    assert sum(n > 1 for n in found) <= 0.005 * sum(n > 0 for n in found)


@pytest.mark.parametrize("layer", ["nerves", "roots"])
@pytest.mark.parametrize("id_", LEG_VIEWS)
def test_areas_of_skin_overlap_only_where_one_lies_in_another(layer, id_):
    shapes = [s for s in getattr(view(id_), layer) if s.id != "fibular-deep"]
    found = [sum(hits(s, p) for s in shapes) for p in grid(view(id_).height)]
    assert sum(n > 1 for n in found) <= 0.01 * sum(n > 0 for n in found)


@pytest.mark.parametrize("layer", ["shapes", "nerves", "roots"])
@pytest.mark.parametrize("id_", ["back", "front"])
def test_the_whole_leg_is_covered_from_hip_to_ankle(id_, layer):
    v = view(id_)
    drawn = curves.drawing(leg_front.CURVES)
    leg = drawn.outline("outer o-glut o-ankle-top, - o-ankle-top i-ankle-top, inner i-ankle-top i1, - i1 o-glut").polygon
    within = [p for p in grid(v.height, 4) if curves.inside(p, leg)]
    covered = sum(any(hits(s, p) for s in getattr(v, layer)) for p in within)
    assert covered >= 0.98 * len(within)


@pytest.mark.parametrize("id_", VIEWS)
def test_the_middle_of_a_region_lies_in_it(id_):
    for shape in view(id_).shapes:
        assert curves.inside(shape.anchor, shape.outline.polygon), shape.id


@pytest.mark.parametrize("id_", VIEWS)
def test_targets_are_large_enough_for_a_finger_on_a_small_telephone(id_):
    for shape in view(id_).shapes:
        left, top, right, bottom = shape.target or shape.outline.box
        assert right - left >= 24, shape.id
        assert bottom - top >= 24, shape.id


def test_muscles_lie_where_they_lie():
    def box(id_, kind):
        return next(s.outline.box for s in view(id_).shapes if s.id == kind)

    inner, outer = box("back", "calf-inner"), box("back", "calf-outer")
    assert inner[3] > outer[3]  # the medial head reaches lower
    assert inner[2] <= outer[2]
    assert box("back", "soleus")[3] > inner[3]
    assert box("back", "hamstring-inner")[0] < box("back", "hamstring-outer")[0]
    assert box("front", "thigh-front-inner")[3] > box("front", "thigh-front-outer")[3]  # vastus medialis reaches lower
    assert box("front", "shin-inner")[0] < box("front", "shin")[0] < box("front", "shin-outer")[0]


# SVG


def panels(marks=None, **more):
    return [(p, ElementTree.fromstring(p.svg)) for p in body_map(marks or {}, **more)]


def check_sound(svg):
    """Attributes only; every id that is used is there, once."""
    root = ElementTree.fromstring(svg)
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    for element in root.iter():
        assert element.tag in {SVG + tag for tag in ("svg", "defs", "g", "a", "title", "path", "use", "rect", "circle", "text", "pattern")}
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name not in ("style", "class")
            if name == "href" and element.tag == SVG + "use":
                assert value.removeprefix("#") in ids
            if value.startswith("url("):
                assert value[5:-1] in ids
    assert root.get("aria-label")
    return root


def test_every_region_can_be_reached_and_is_named_for_a_screen_reader():
    rows = {row.id for s in regions_form({}) for f in s.fieldsets for row in f.rows}
    seen = set()
    for _, root in panels():
        labels = []
        for link in root.iter(SVG + "a"):
            region = REGIONS[link.get("data-region")]
            seen.add(region.id)
            labels.append(link.get("aria-label"))
            assert region.name in labels[-1]
            assert link.find(SVG + "title").text == region.name
            assert link.get("tabindex") == "0"
            assert link.get("href").removeprefix("#") in rows
        assert len(labels) == len(set(labels))
    assert seen == set(REGIONS)


def test_the_tab_key_goes_from_top_to_bottom_on_each_side():
    for _, root in panels():
        by_side: dict[Any, Any] = {}
        for link in root.iter(SVG + "a"):
            by_side.setdefault(REGIONS[link.get("data-region")].side, []).append(int(link.get("data-at").split()[1]))
        assert all(heights == sorted(heights) for heights in by_side.values())


def test_pictures_are_sound_small_and_the_same_each_time():
    marks = {"calf-inner-left": ("weak", "wasted"), "soleus-left": ("weak",), "heel-left": ("numb",), "low-back": ("painful",)}
    found = body_map(marks)
    for panel in found:
        check_sound(panel.svg)
    assert sum(len(p.svg.encode()) for p in found) < 60_000
    assert body_map(marks) == found
    ids = [i for p in found for i in re.findall(r' id="([^"]+)"', p.svg)]
    assert len(ids) == len(set(ids))


def test_the_right_leg_is_the_mirror_image_of_the_left():
    for _, root in panels():
        links = {link.get("data-region"): link for link in root.iter(SVG + "a")}
        for id_, link in links.items():
            if not id_.endswith("-left"):
                continue
            other = links[id_.replace("-left", "-right")]
            (x, y), (u, v) = (tuple(map(int, a.get("data-at").split())) for a in (link, other))
            assert (x, y) == (-u, v)
            one, two = link.find(SVG + "use"), other.find(SVG + "use")
            assert one.get("href") == two.get("href")
            assert {one.get("transform"), two.get("transform")} == {None, "scale(-1 1)"}


def test_seen_from_the_front_the_left_leg_is_on_the_right():
    for panel, root in panels():
        x = {link.get("data-region"): int(link.get("data-at").split()[0]) for link in root.iter(SVG + "a")}
        left = [place for id_, place in x.items() if id_.endswith("-left")]
        assert all(place > 0 for place in left) if panel.view == "front" else all(place < 0 for place in left)


def test_marks_are_shown_by_colour_by_sign_and_in_words():
    (panel,) = body_map({"calf-inner-left": ("weak", "numb")}, ["back"])
    root = ElementTree.fromstring(panel.svg)
    link = next(a for a in root.iter(SVG + "a") if a.get("data-region") == "calf-inner-left")
    assert link.get("aria-label") == "inner calf, left, from behind: weak, numb"
    assert link.find(SVG + "use").get("fill") == INKS["weak"].colour  # type: ignore[union-attr]
    signs = [e.get("href") for e in root.iter(SVG + "use") if e.get("data-for") == "calf-inner-left"]
    assert signs == ["#bm-back-weak", "#bm-back-numb"]


def test_a_picture_to_look_at_has_no_links_and_tells_its_marks():
    (panel,) = body_map({"heel-left": ("painful",)}, ["back"], links=False)
    root = check_sound(panel.svg)
    assert root.get("role") == "img"
    assert "heel, left, from behind: painful" in root.get("aria-label")
    assert not list(root.iter(SVG + "a"))


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


@pytest.mark.parametrize("colour", [*(ink.colour for ink in INKS.values()), TOLD, LOST, REFLEX])
@pytest.mark.parametrize("ground", ["#ffffff", "#14181d"])
def test_marks_stand_out_from_a_light_and_a_dark_page(colour, ground):
    high, low = sorted((luminance(colour), luminance(ground)), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= 3  # WCAG 2.2, 1.4.11


def test_signs_differ_without_their_colours():
    assert len({ink.glyph for ink in INKS.values()}) == len(MARKS)
    for mark in MARKS:
        assert ElementTree.fromstring(icon(mark)).get("aria-hidden") == "true"


def test_the_script_is_small_knows_the_same_colours_and_writes_no_markup():
    text = (STATIC / "bodymap.js").read_text(encoding="utf-8")
    assert len(text.encode()) < 6_000
    assert dict(re.findall(r'(\w+): "(#[0-9a-f]{6})"', text)) == {mark: ink.colour for mark, ink in INKS.items()}
    assert not re.search(r"innerHTML|insertAdjacent|\beval\b|\.style\b|https?://(?!www\.w3\.org/2000/svg)", text)


# Skin


def test_every_area_of_skin_of_the_leg_can_be_seen_on_the_nerve_layer(anatomy):
    shown = {finding for findings in NERVE_FINDINGS.values() for finding in findings}
    assert shown == set(anatomy.skin) - {"numb-hands"}


def test_a_nerve_is_drawn_with_the_skin_that_the_anatomy_gives_it(anatomy):
    other = {"sural": "sural-medial", "fibular-deep": "fibular-deep-ankle"}
    for nerve, findings in NERVE_FINDINGS.items():
        for finding in findings:
            assert other.get(nerve, nerve) in anatomy.skin[finding].nerves, (nerve, finding)


def test_skin_layers_are_sound_and_small():
    for by in ("nerves", "roots"):
        found = skin_map({"heel-left": ("numb",)}, by)
        for panel in found:
            check_sound(panel.svg)
        assert sum(len(p.svg) for p in found) < 60_000
        names = [text for _, text in skin_picture.key(by)]
        assert names == list((NERVE_NAMES if by == "nerves" else ROOT_NAMES).values())


def test_an_area_of_skin_ticks_the_numbness_of_its_home():
    for panel in skin_map({}):
        for link in ElementTree.fromstring(panel.svg).iter(SVG + "a"):
            region = REGIONS[link.get("data-region")]  # type: ignore[index]
            assert link.get("data-only") == "numb"
            assert region.kind.findings["numb"] == link.get("data-shows")
            assert link.get("href") == f"#bm-{region.id}"


def test_numbness_marked_on_the_muscles_shows_on_the_skin():
    back = next(p for p in skin_map({"heel-left": ("numb",)}) if p.view == "back")
    marked = [a.get("aria-label") for a in ElementTree.fromstring(back.svg).iter(SVG + "a") if a.get("aria-label").endswith(": numb")]  # type: ignore[union-attr]
    assert marked == ["calcaneal branches of the tibial nerve, left: numb"]


def test_homes_are_regions_that_mean_the_finding():
    assert homes("numb-lateral-thigh", (Side.LEFT,)) == ["thigh-outer-left"]
    assert homes("no-such-finding", (Side.LEFT,)) == []


# Lesions


def present(finding, side=Side.LEFT, states=2):
    return Observation(finding, side, (0.0, *[1.0] * (states - 1)))


def absent(finding, side=Side.LEFT, states=3):
    return Observation(finding, side, (1.0, *[0.0] * (states - 1)))


def expected(lesion, what="muscles"):
    return {
        id_.rsplit("-left")[0].removesuffix(" left") for id_, fit in getattr(lesion, what).items() if fit is Fit.EXPECTED and "left" in id_
    }


CALF = {"calf-inner", "calf-outer", "soleus"}


def test_root_s1_takes_calf_and_outer_hamstring_and_the_ankle_reflex(anatomy):
    lesion = compare(Evidence(), anatomy, "root-S1", "left")
    assert CALF | {"hamstring-outer", "buttock"} <= expected(lesion)
    assert not {"shin", "thigh-front-middle", "hamstring-inner", "groin"} & expected(lesion)
    assert expected(lesion, "reflexes") == {"reflex-ankle"}
    assert expected(lesion, "roots") == {"S1"}
    assert not any("right" in id_ for id_ in (*lesion.muscles, *lesion.nerves, *lesion.reflexes))


def test_root_l5_takes_hip_side_shin_and_big_toe_but_no_calf(anatomy):
    lesion = compare(Evidence(), anatomy, "root-L5", "left")
    assert {"hip-side", "shin", "shin-outer", "big-toe", "ankle-inner", "hamstring-inner"} <= expected(lesion)
    assert not CALF & expected(lesion)
    assert expected(lesion, "reflexes") == {"reflex-medial-hamstring"}


def test_fibular_nerve_at_the_knee_spares_what_root_l5_takes(anatomy):
    """Foot drop: weak inversion and hip abduction speak against the fibular nerve (O'Brien 2010; Preston and Shapiro 2020)."""
    lesion = compare(Evidence(), anatomy, "fibular-knee", "left")
    assert {"shin", "shin-outer", "big-toe"} <= expected(lesion)
    assert not {"ankle-inner", "hip-side", "hamstring-inner"} & expected(lesion)


def test_femoral_nerve_takes_quadriceps_the_saphenous_skin_and_the_knee_reflex(anatomy):
    lesion = compare(Evidence(), anatomy, "femoral", "left")
    assert {"thigh-front-outer", "thigh-front-middle", "thigh-front-inner"} <= expected(lesion)
    assert "thigh-inner" not in expected(lesion)  # obturator nerve
    assert {"saphenous", "anterior-femoral-cutaneous"} <= expected(lesion, "nerves")
    assert expected(lesion, "reflexes") == {"reflex-knee"}


def test_told_and_explained_unexplained_and_spared_are_told_apart(anatomy):
    evidence = Evidence(observations=(
        present("weak-ankle-plantarflexion", states=3), present("weak-ankle-dorsiflexion", states=3), absent("weak-hip-extension"),
        present("numb-lateral-foot"), present("numb-medial-leg"),
    ))  # fmt: skip
    lesion = compare(evidence, anatomy, "root-S1", "left")
    assert lesion.muscles["soleus-left"] is Fit.EXPLAINED
    assert lesion.muscles["shin-left"] is Fit.UNEXPLAINED
    assert lesion.muscles["buttock-left"] is Fit.SPARED
    assert lesion.muscles["hamstring-outer-left"] is Fit.EXPECTED
    assert lesion.nerves["sural left"] is Fit.EXPLAINED
    assert lesion.nerves["saphenous left"] is Fit.UNEXPLAINED
    assert (lesion.roots["S1 left"], lesion.roots["L4 left"]) == (Fit.EXPLAINED, Fit.UNEXPLAINED)


def test_a_lost_reflex_fits_a_root_and_a_lively_one_the_cord(anatomy):
    lost = Evidence(observations=(Observation("reflex-ankle", Side.LEFT, (0, 1, 0, 0)),))
    lively = Evidence(observations=(Observation("reflex-ankle", Side.LEFT, (0, 0, 0, 1)),))
    for evidence, site, fit in (
        (lost, "root-S1", Fit.EXPLAINED),
        (lively, "root-S1", Fit.UNEXPLAINED),
        (lively, "cord-thoracic", Fit.EXPLAINED),
    ):
        assert compare(evidence, anatomy, site, "left").reflexes["reflex-ankle left"] is fit


def test_what_was_told_without_a_side_is_drawn_on_the_side_of_the_lesion(anatomy):
    evidence = Evidence(observations=(present("weak-ankle-plantarflexion", Side.UNSTATED, 3),))
    lesion = compare(evidence, anatomy, "root-S1", "right")
    assert lesion.muscles["soleus-right"] is Fit.EXPLAINED
    assert "soleus-left" not in lesion.muscles


def test_a_numb_foot_is_drawn_on_its_parts_unless_they_were_named(anatomy):
    evidence = Evidence(observations=(present("numb-stocking", Side.UNSTATED), Observation("numb-heel", Side.LEFT, (1, 0))))
    lesion = compare(evidence, anatomy, "polyneuropathy-length-dependent", "both")
    assert lesion.nerves["plantar-medial left"] is lesion.nerves["plantar-medial right"] is Fit.EXPLAINED
    assert lesion.nerves["medial-calcaneal left"] is Fit.SPARED


def test_without_a_place_what_was_told_is_drawn_as_unexplained(anatomy):
    lesion = compare(Evidence(observations=(present("weak-knee-flexion", states=3),)), anatomy, "", "")
    assert set(lesion.muscles) == {"hamstring-inner-left", "hamstring-outer-left"}
    assert set(lesion.muscles.values()) == {Fit.UNEXPLAINED}
    assert lesion.site == ""


@pytest.mark.parametrize("site", ["root-S1", "sciatic-buttock", "cord-thoracic", "muscle-local-calf"])
def test_a_mirrored_case_gives_the_mirrored_picture(anatomy, site):
    evidence = Evidence(observations=(present("weak-ankle-plantarflexion", states=3), present("numb-sole", Side.RIGHT)))
    one, other = compare(evidence, anatomy, site, "left"), compare(evidence.mirrored(), anatomy, site, "right")

    def mirrored(fits):
        return {re.sub("left|right", lambda m: {"left": "right", "right": "left"}[m[0]], id_): fit for id_, fit in fits.items()}

    for what in ("muscles", "nerves", "roots", "reflexes"):
        assert mirrored(getattr(one, what)) == getattr(other, what)


def test_every_lesion_site_can_be_drawn(anatomy):
    for site in anatomy.sites.values():
        side = "both" if "unilateral" not in site.laterality else "left"
        assert compare(Evidence(), anatomy, site.id, side).title


def test_the_lesion_of_an_assessment_is_its_likeliest_place(assessed, kb):
    told = marks_to_findings({"soleus-left": ["weak"], "foot-outer-left": ["numb"]})
    told += [{"finding": "reflex-ankle", "side": "left", "value": "absent"}, {"finding": "radiating-leg-pain", "side": "left"}]
    result = assessed("age: 45\nfindings:\n" + "".join(f"- {json.dumps(entry)}\n" for entry in told))
    lesion = lesion_of(result, kb)
    assert (lesion.site, lesion.side) == (result.localisation[0].places[0].site, result.localisation[0].places[0].side)
    assert lesion.muscles["soleus-left"] is Fit.EXPLAINED


@pytest.mark.parametrize("layer", LAYERS)
def test_pictures_of_a_lesion_are_sound_and_say_in_words_what_they_show(anatomy, layer):
    evidence = Evidence(observations=(
        present("weak-ankle-plantarflexion", states=3), present("weak-ankle-dorsiflexion", states=3), absent("weak-hip-extension"),
        present("numb-lateral-foot"), present("numb-medial-leg"), Observation("numb-heel", Side.LEFT, (1, 0)),
        Observation("reflex-ankle", Side.LEFT, (0, 1, 0, 0)),
    ))  # fmt: skip
    lesion = compare(evidence, anatomy, "root-S1", "left")
    found = lesion_map(lesion, layer)
    words = ""
    for panel in found:
        root = check_sound(panel.svg)
        assert root.get("role") == "img"
        words += root.get("aria-label")
    assert lesion.title in words
    for name in {"muscles": ("lower calf, left", "buttock, left", "ankle reflex, left"), "nerves": ("sural nerve, left", "saphenous nerve, left"),
                 "roots": ("root S1, left", "root L4, left")}[layer]:  # fmt: skip
        assert name in words
    assert sum(len(p.svg) for p in found) < 60_000


def test_the_arms_are_shown_only_where_there_is_something_to_see(anatomy):
    views = {
        site: [p.view for p in lesion_map(compare(Evidence(), anatomy, site, "both"))] for site in ("cauda-equina", "muscle-limb-girdle")
    }
    assert views == {"cauda-equina": ["back", "front", "soles"], "muscle-limb-girdle": ["back", "front", "soles", "upper"]}


def test_the_legend_tells_every_way_of_drawing_in_words():
    for layer in LAYERS:
        shown = legend(layer)
        assert [words for _, words in shown] == [FIT_WORDS[fit] for fit in Fit]
        assert len({re.sub("explained|unexplained|expected|spared", "", svg) for svg, _ in shown}) == len(Fit)
        for svg, _ in shown:
            assert ElementTree.fromstring(svg).get("aria-hidden") == "true"


# Small multiples


def test_small_maps_stand_in_rows_with_their_captions():
    marks = {"soleus-left": ("weak", "cramping"), "heel-right": ("numb",)}
    pictures = by_mark(marks)
    assert [caption for caption, _ in pictures] == ["Weak", "Numb or tingling", "Cramping"]
    root = check_sound(small_multiples(pictures, columns=2))
    assert [e.text for e in root.iter(SVG + "text")] == ["Weak", "Numb or tingling", "Cramping"]
    assert "Numb or tingling: heel, right" in root.get("aria-label")
    _, _, wide, high = map(float, root.get("viewBox").split())
    one = ElementTree.fromstring(small_multiples(pictures[:1]))
    _, _, w, h = map(float, one.get("viewBox").split())  # type: ignore[union-attr]
    assert (wide, high) == (2 * w, 2 * h)


def test_captions_are_words_and_never_markup():
    root = ElementTree.fromstring(small_multiples([("<b>&", {})]))
    assert next(root.iter(SVG + "text")).text == "<b>&"


# The reference page


def test_the_reference_page_lists_every_mark_with_its_finding():
    page = (Path(__file__).parents[2] / "docs/reference/body-map.md").read_text(encoding="utf-8")
    for kind in KINDS:
        row = next(line for line in page.splitlines() if line.startswith(f"| `{kind.id}` "))
        assert kind.name in row
        assert set(re.findall(r"(\w+) → `([\w-]+)`(≈?)", row)) == {
            (mark, finding, "≈" if mark in kind.rough else "") for mark, finding in kind.findings.items()
        }
