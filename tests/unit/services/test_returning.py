"""Translations come back from other tools: nothing written here is lost, no state lowered, every segment answered for."""

import pytest

from tests.factories import store_article
from tests.unit.services.reviewing import sentence, source_of, write
from webapp.domain import Origin, State, Translation
from webapp.errors import ImportTooLarge, ImportUnreadable, TargetUnknown
from webapp.exports.registry import Include, formats
from webapp.services import returned_segments
from webapp.services.articles import get_document
from webapp.services.returned_segments import Left
from webapp.services.returning import Returned, compare_file, take_file
from webapp.services.review import undo
from webapp.storage.store import Store

FRENCH = ["Un chat dort.", "Le chien mange.", "La pie vole."]
KOREAN = ["고양이가 잔다.", "개가 먹는다.", "까치가 난다."]


@pytest.fixture
def article(store: Store) -> str:
    return store_article(store, source_of(FRENCH), drafted=None)


def exported(store: Store, article: str, name: str, include: Include = Include.ALL) -> str:
    """The article's Korean as a file."""
    with store.read() as tx:
        return formats()[name].write(get_document(tx, article), ("ko",), include).decode()


def korean(store: Store, article: str, number: int) -> Translation:
    """The Korean of one sentence."""
    return sentence(store, article, number).translations["ko"]


def take(store: Store, article: str, xml: str, name: str = "a.xlf", **options: bool) -> Returned:
    with store.begin() as tx:
        return take_file(tx, article, xml.encode(), name, **options)


def worked_on(store: Store, article: str, *, approved: bool = True) -> str:
    """The XLIFF as a translator gives it back: every sentence written and signed off, or only translated."""
    xml = exported(store, article, "xliff", Include.APPROVED)
    for n, text in enumerate(KOREAN):
        head, mark, tail = xml.partition(f'<trans-unit id="{article}.0.{n}"')
        unit, end, rest = tail.partition("</trans-unit>")
        unit = (
            unit.split("</source>")[0] + f'</source><target state="{"signed-off" if approved else "translated"}">{text}</target>'
        )
        xml = head + mark + unit + end + rest
    return xml


def test_a_file_that_was_worked_on_elsewhere_is_taken_as_one_step(store: Store, article: str) -> None:
    report = take(store, article, worked_on(store, article))
    assert (report.read, report.taken, report.approved, report.conflicts, report.left) == (3, 3, 3, (), {})
    for n, text in enumerate(KOREAN):
        taken = korean(store, article, n)
        assert (taken.text, taken.state, taken.origin) == (text, State.APPROVED, Origin.IMPORTED)
    with store.begin() as tx:
        undo(tx, article, who="local", step=report.step)
    assert korean(store, article, 0).state is State.DRAFT


@pytest.mark.parametrize(("name", "ending"), [("xliff", "a.xlf"), ("xliff2", "a.xlf2"), ("tmx", "a.tmx")])
def test_what_comes_back_as_it_went_changes_nothing(store: Store, article: str, name: str, ending: str) -> None:
    write(store, article, 0, "ko", KOREAN[0], approve=True)
    write(store, article, 1, "ko", KOREAN[1])
    report = take(store, article, exported(store, article, name), ending)
    assert (report.taken, report.kept, report.step) == (0, 2, None)
    assert report.left == {Left.UNREVIEWED: 1}


def test_looking_at_it_first_changes_nothing(store: Store, article: str) -> None:
    with store.begin() as tx:
        report = compare_file(tx, article, worked_on(store, article).encode(), "a.xlf")
    assert (report.taken, report.step) == (3, None)
    assert korean(store, article, 0).state is State.DRAFT


def test_a_text_that_a_person_wrote_here_stays_unless_it_is_to_be_replaced(store: Store, article: str) -> None:
    xml = worked_on(store, article, approved=False)
    write(store, article, 1, "ko", "개가 밥을 먹는다.", approve=True)
    report = take(store, article, xml)
    (conflict,) = report.conflicts
    assert (conflict.text, conflict.theirs, conflict.place.index) == ("개가 밥을 먹는다.", KOREAN[1], 1)
    assert korean(store, article, 1).state is State.APPROVED
    again = take(store, article, xml, replace_human=True)
    assert (again.taken, again.conflicts, korean(store, article, 1).text) == (1, (), KOREAN[1])


def test_no_state_is_lowered(store: Store, article: str) -> None:
    xml = worked_on(store, article, approved=False)
    write(store, article, 0, "ko", KOREAN[0], approve=True)
    assert take(store, article, xml).kept == 1
    assert korean(store, article, 0).state is State.APPROVED


def test_a_sentence_whose_french_changed_is_refused(store: Store, article: str) -> None:
    xml = worked_on(store, article).replace("Le chien mange.", "Le chien mangeait.")
    report = take(store, article, xml)
    assert (report.taken, report.left) == (2, {Left.SOURCE_CHANGED: 1})
    assert korean(store, article, 1).state is State.DRAFT


def test_without_its_id_a_segment_is_known_by_its_french(store: Store, article: str) -> None:
    xml = worked_on(store, article).replace(f"{article}.0.", "other.7.").replace("La pie vole.", "Rien de tel.")
    report = take(store, article, xml)
    assert (report.taken, report.left) == (2, {Left.UNKNOWN: 1})


def test_an_approval_does_not_pass_over_an_open_error(store: Store) -> None:
    article = store_article(store, source_of(["Il y a 1 500 chats."]), drafted=None)
    xml = exported(store, article, "xliff").replace('state="needs-review-translation"', 'state="signed-off"')
    xml = xml.replace('state-qualifier="mt-suggestion"', "").replace("</target>", " 16</target>")
    report = take(store, article, xml)
    assert (report.taken, report.approved, report.blocked) == (1, 0, 1)
    assert korean(store, article, 0).state is State.TRANSLATED


def test_files_that_cannot_be_taken_say_why(store: Store, article: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImportUnreadable):
        take(store, article, "<xliff/>")
    with pytest.raises(ImportUnreadable, match="should end in"):
        take(store, article, "<xliff/>", "a.docx")
    with pytest.raises(TargetUnknown, match="de"):
        take(store, article, worked_on(store, article).replace("ko-KR", "de-DE"))
    monkeypatch.setattr(returned_segments, "MAX_BYTES", 10)
    with pytest.raises(ImportTooLarge):
        take(store, article, worked_on(store, article))


def test_a_machine_text_that_the_file_says_nobody_read_is_not_taken(store: Store, article: str) -> None:
    report = take(store, article, exported(store, article, "xliff"))
    assert (report.taken, report.left) == (0, {Left.UNREVIEWED: 3})
