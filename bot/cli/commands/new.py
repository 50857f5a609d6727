"""`new`: begin an entry, a source, a fact, a term, what is told beside the answers, or a whole knowledge."""

import argparse
from datetime import date
from typing import get_args

from bot.cli.command import Arguments, Command, readable, same
from bot.cli.commands.opening import folder
from bot.cli.errors import UsageError
from bot.cli.knowledge import KnowledgeFolder, is_shipped
from bot.cli.new import Begun, Kind, Wanted, begin, begin_knowledge, chosen_languages
from bot.knowledge.loader import languages_of
from bot.knowledge.phrases import Bilingual
from bot.settings import Settings

_KINDS = (*get_args(Kind), "knowledge")


def _arguments(arguments: Arguments) -> None:
    kinds = Bilingual(
        "entry (Eintrag mit Prüffragen), source (Quelle), fact (Rückfrage), term (Begriff), country (anderes Land), "
        "authority (Aufsicht), emergency (Notfall) oder knowledge (ein ganzer Wissensordner)",
        "entry (with its checks), source, fact (a follow-up question), term, country, authority, emergency or "
        "knowledge (a whole knowledge folder)",
    )
    name = Bilingual(
        "der Name: a-z, Ziffern und Bindestriche; bei knowledge der Ordner",
        "its name: a-z, digits and hyphens; for knowledge the folder",
    )
    topic = Bilingual("der Ordner eines Eintrags unter entries/ und checks/", "an entry's folder below entries/")
    languages = Bilingual(
        "die Sprachen eines neuen Wissens: de, en oder de,en", "the languages of a new knowledge: de, en or de,en"
    )
    arguments.positional("kind", kinds, choices=_KINDS, metavar="KIND")
    arguments.positional("name", name, metavar="NAME", type=readable)
    arguments.option("--topic", topic, metavar="FOLDER", type=readable)
    arguments.option("--languages", languages, metavar="de,en", type=readable)


def _start(options: argparse.Namespace, chosen: Settings) -> int:
    _refuse_stray(options)
    begun = _knowledge(options) if options.kind == "knowledge" else _part(options, chosen)
    print(begun.told(options.reader))
    return 0


def _refuse_stray(options: argparse.Namespace) -> None:
    """Raises UsageError for an option that means nothing here, rather than to pass it over."""
    for option, kind in (("topic", "entry"), ("languages", "knowledge")):
        if getattr(options, option) is not None and options.kind != kind:
            raise UsageError(
                Bilingual(f"--{option} gehört nur zu new {kind}", f"--{option} belongs to new {kind} alone")
            )


def _knowledge(options: argparse.Namespace) -> Begun:
    languages = chosen_languages(options.languages, options.reader)
    return begin_knowledge(options.name, languages, options.reader, date.today())


def _part(options: argparse.Namespace, chosen: Settings) -> Begun:
    found = folder(options, chosen)
    _refuse_shipped(found)
    languages = languages_of(found.path)
    return begin(found, Wanted(options.kind, options.name, languages, options.reader, date.today(), options.topic))


def _refuse_shipped(found: KnowledgeFolder) -> None:
    if is_shipped(found):
        raise UsageError(
            Bilingual(
                "in das Wissen, das mit dem Bot kam, wird nichts geschrieben: nennen Sie Ihren Ordner mit --knowledge",
                "nothing is written into the knowledge that came with the bot: name your folder with --knowledge",
            )
        )


COMMAND = Command(
    name="new",
    summary=Bilingual("etwas Neues anfangen: eine Vorlage zum Ausfüllen", "begin something new: a template to fill in"),
    run=_start,
    arguments=_arguments,
    examples=(
        same("new entry whatsapp-birthday --topic whatsapp-business"),
        Bilingual("new source merkblatt", "new source leaflet"),
        Bilingual("new knowledge baeckerei --languages de", "new knowledge bakery --languages en"),
    ),
)
