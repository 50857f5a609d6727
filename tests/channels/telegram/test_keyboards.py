"""Choices as rows of buttons."""

from collections.abc import Iterable

from bot.channels.telegram.keyboards import arrange
from bot.messages import Choice, ChoiceGroup


def rows(*labels: str, more: Iterable[Choice] = ()) -> list[list[str]]:
    arranged = arrange([*(Choice(label, label) for label in labels), *more])
    return [[choice.label for choice in row] for row in arranged]


def test_short_labels_share_a_row_and_long_ones_stand_alone() -> None:
    labels = ["Ja", "Nein", "Weiß ich nicht", "WhatsApp Business App (kostenlos)", "Zurück", "Warum fragst du das?"]
    assert rows(*labels) == [
        ["Ja", "Nein"],
        ["Weiß ich nicht"],
        ["WhatsApp Business App (kostenlos)"],
        ["Zurück"],
        ["Warum fragst du das?"],
    ]


LAENDER = (
    *("Baden-Württemberg", "Bayern", "Berlin", "Brandenburg", "Bremen", "Hamburg", "Hessen", "Mecklenburg-Vorpommern"),
    *("Niedersachsen", "Nordrhein-Westfalen", "Rheinland-Pfalz", "Saarland", "Sachsen", "Sachsen-Anhalt"),
    *("Schleswig-Holstein", "Thüringen"),
)


def test_many_choices_share_rows_of_two_or_three() -> None:
    shown = rows(*LAENDER, "Bund", "Weiß ich nicht", "Warum?", "Zurück")
    assert [label for row in shown for label in row][:16] == list(LAENDER)
    assert len(shown) == 10
    assert shown[:2] == [["Baden-Württemberg", "Bayern"], ["Berlin", "Brandenburg", "Bremen"]]
    for row in shown:
        assert max(map(len, row)) <= {1: 99, 2: 22, 3: 11}[len(row)]


def answer(group: ChoiceGroup, *labels: str) -> list[Choice]:
    return [Choice(label, label, group=group) for label in labels]


def test_an_answer_has_at_most_four_rows() -> None:
    choices = [
        *answer("layers", "Wortlaut", "Text zum Kopieren"),
        *answer("says", "Was HOFdirekt schrieb", "Was WinFuture schrieb"),
        *answer("neighbours", "Wenn jemand widerspricht", "Listen und Gruppen"),
        *answer("tools", "👍", "👎", "Ändern", "Teilen"),
    ]
    assert rows(more=choices) == [
        ["Wortlaut", "Text zum Kopieren"],
        ["Was HOFdirekt schrieb", "Was WinFuture schrieb"],
        ["Wenn jemand widerspricht", "Listen und Gruppen"],
        ["👍", "👎", "Ändern", "Teilen"],
    ]


def test_a_group_never_shares_a_row_with_another() -> None:
    assert rows("Ja", more=[*answer("tools", "👍"), *answer("layers", "Wortlaut")]) == [["Ja"], ["👍"], ["Wortlaut"]]


def test_a_group_too_big_for_a_row_has_another_one() -> None:
    assert rows(more=answer("tools", *"abcdef")) == [["a", "b", "c", "d"], ["e", "f"]]


def test_buttons_that_telegram_would_refuse_are_left_out() -> None:
    labels = [Choice("", "a"), Choice("\u200b", "a")]
    codes = [Choice("lang", "ü" * 33), Choice("leer", ""), Choice("halb", "\ud800")]
    copies = [Choice("nichts", "", "copy"), Choice("Leerraum", "", "copy", copies=" \n")]
    good = [Choice("gut", "ü" * 32), Choice("Kopie", "", "copy", copies="x" * 256)]
    assert arrange([*labels, *codes, *copies, *good]) == (tuple(good),)


def test_what_is_too_long_to_be_copied_by_a_button_needs_its_code() -> None:
    assert rows(more=[Choice("Kopie", "d:c", "copy", copies="x" * 257)]) == [["Kopie"]]
    assert rows(more=[Choice("Kopie", "", "copy", copies="x" * 257)]) == []


def test_what_would_change_an_answer_has_a_row_of_its_own() -> None:
    labels = ("nachweisbare Einwilligung → Ja, wenn", "Normale WhatsApp-App → Besser nicht")
    turns = [Choice(label, f"i:de:{number}", group="turns") for number, label in enumerate(labels)]
    tools = [Choice("👍", "u:de:x", group="tools"), Choice("👎", "v:de:x", group="tools")]
    shown = [[choice.label for choice in row] for row in arrange([*turns, *tools])]
    assert shown == [[labels[0]], [labels[1]], ["👍", "👎"]]
