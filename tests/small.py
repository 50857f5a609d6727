"""A small knowledge of the tests' own, about an outdoor pool: the engine must know nothing of data protection.

It is written to a folder as YAML, so that tests can break it as an editor would.
"""

import re
import shutil
from pathlib import Path

REAL = Path(__file__).parent.parent / "knowledge"
DEFAULTS = REAL.parent / "bot" / "defaults"

SOURCE_RULES = """\
id: pool-rules
kind: authority
title: "Badeordnung"
short: "Badeordnung"
publisher: "Stadtwerke"
url: "https://pool.example/rules"
published: 2024-05
checked: 2026-01-15
claims:
  price-adult:
    locator: {de: "Nr. 1", en: "no. 1"}
    says: {de: "Erwachsene zahlen fünf Euro.", en: "Adults pay five euros."}
    today: right
  price-child:
    locator: {de: "Nr. 2", en: "no. 2"}
    says: {de: "Kinder zahlen nichts.", en: "Children pay nothing."}
    today: right
  season:
    locator: {de: "Nr. 3", en: "no. 3"}
    says: {de: "Mit der Saisonkarte ist der Eintritt bezahlt.", en: "A season ticket covers the entry."}
    today: right
  dogs:
    locator: {de: "Nr. 4", en: "no. 4"}
    says: {de: "Hunde bleiben draußen.", en: "Dogs stay outside."}
    today: right
  hours:
    locator: {de: "Nr. 5", en: "no. 5"}
    says: {de: "Geöffnet ist von neun bis zwanzig Uhr.", en: "Open from nine to eight."}
    today: right
"""

SOURCE_LAW = """\
id: pool-law
kind: statute
title: {de: "Bädergesetz", en: "Pool Act"}
short: {de: "BadG", en: "Pool Act"}
publisher: {de: "Landtag", en: "Parliament"}
url: "https://law.example/badg/"
provision_url: "https://law.example/badg/__{section}.html"
published: 2020
checked: 2026-01-15
claims:
  par-3-1-2:
    section: 3
    paragraph: 1
    number: 2
    says: {de: "Tiere bleiben dem Bad fern.", en: "Animals stay away from the pool."}
    quote: "Fernzuhalten sind […] 2. Tiere,"
    today: right
"""

SOURCE_FLYER = """\
id: old-flyer
kind: article
title: "Willkommen im Freibad"
short: "Faltblatt"
publisher: "Faltblatt"
url: "http://pool.example/flyer"
published: unknown
checked: 2026-01-15
claims:
  f1:
    locator: {de: "Absatz 1", en: "paragraph 1"}
    says: {de: "Der Eintritt kostet drei Mark.", en: "Entry costs three marks."}
    quote: "Eintritt: drei Mark"
    today: outdated
    note: {de: "Heute kostet er fünf Euro.", en: "Today it costs five euros."}
    see: [pool-rules#price-adult]
"""

FACT_VISITOR = """\
about: asker
ask: {de: "Wer möchte baden?", en: "Who wants to swim?"}
why: {de: "Kinder zahlen nichts.", en: "Children pay nothing."}
options:
  adult:
    label: {de: "Erwachsene", en: "Adult"}
    said_as: {de: ["als erwachsener", "meine eltern"], en: ["as an adult", "my parents"]}
    answered_as: {de: ["ich selbst", "grosse"], en: ["myself"]}
  child:
    label: {de: "Kind", en: "Child"}
    said_as: {de: ["mein kind", "unsere kinder", "als kind"], en: ["my child", "our children", "as a child"]}
    answered_as: {de: ["kleine"], en: ["a kid"]}
"""

FACT_TICKET = """\
about: question
ask: {de: "Haben Sie eine Saisonkarte?", en: "Do you have a season ticket?"}
why: {de: "Mit ihr ist alles bezahlt.", en: "It covers everything."}
options:
  "yes":
    label: {de: "Ja", en: "Yes"}
    stated: {de: "mit Saisonkarte", en: "with a season ticket"}
    said_as: {de: ["mit saisonkarte"], en: ["with a season ticket"]}
    answered_as: {de: ["hab ich"], en: ["i have one"]}
  "no":
    label: {de: "Nein", en: "No"}
    stated: {de: "ohne Saisonkarte", en: "without a season ticket"}
    said_as: {de: ["ohne saisonkarte"], en: ["without a season ticket"]}
"""

LEXICON = """\
function_words:
  de: [der, die, das, ein, eine, ich, wir, mein, ist, sind, was, wie, wann, mit, für, im, in, und, zum, den, dem, man]
  en: [the, a, an, i, we, my, is, are, what, how, when, with, for, in, and, to, do, does, it]
negations:
  de: [nicht, kein, keine, ohne]
  en: [not, no, without]
fillers: {de: [bitte], en: [please]}
question_words: {de: [was, wie, wann, darf, kostet], en: [what, how, when, may, does]}
follow_up_openers: {de: [und, was ist mit], en: [and, what about]}
concepts:
  place:
    pool: {de: [freibad, schwimmbad, becken], en: [pool, lido]}
  matter:
    price: {de: [eintritt, preis, kosten, kostet], en: [price, entry, fee, cost]}
    dog: {de: [hund, hunde, vierbeiner], en: [dog, dogs]}
    opening: {de: [geöffnet, öffnungszeiten, offen], en: [open, opening hours]}
"""

ENTRY_PRICE = """\
id: pool-price
title: {de: "Eintritt ins Freibad", en: "Entry to the pool"}
label: {de: "Eintritt", en: "Entry"}
kind: may
asked_as:
  de:
    - "Was kostet der Eintritt ins Freibad?"
    - "Eintrittspreis Schwimmbad"
    - "Wie teuer ist das Freibad?"
    - "Wie viel zahlt man am Becken?"
    - "Freibad Preise"
    - "Muss ich für das Schwimmbad bezahlen?"
    - "Kostet das Baden Geld?"
    - "Welche Preise hat das Freibad?"
    - "Was zahlen wir an der Kasse vom Schwimmbad?"
    - "Eintritt frei im Freibad?"
    - "Ist das Schwimmbad umsonst?"
    - "Gibt es ein Ticket für das Freibad und was kostet es?"
  en:
    - "How much is the entry to the pool?"
    - "pool price"
    - "What does the lido cost?"
    - "Do I have to pay at the pool?"
    - "entry fee swimming"
    - "Is the pool free?"
    - "What do we pay at the desk of the pool?"
    - "ticket price for the lido"
not_asked_as:
  de: ["Was kostet ein Hund?"]
  en: ["What does a dog cost?"]
facts: [visitor, ticket]
outcomes:
  - when: {visitor: child}
    verdict: "yes"
    short:
      de: "Ja, für Kinder ist der Eintritt frei."
      en: "Yes, entry is free for children."
      cites: [pool-rules#price-child]
  - when: {visitor: adult, ticket: "yes"}
    verdict: "yes"
    short:
      de: "Ja, mit der Saisonkarte ist alles bezahlt."
      en: "Yes, the season ticket covers it."
      cites: [pool-rules#season]
  - when: {visitor: adult, ticket: "no"}
    verdict: "no"
    short:
      de: "Nein, Erwachsene zahlen fünf Euro."
      en: "No, adults pay five euros."
      cites: [pool-rules#price-adult]
    why:
      - de: "Das gilt an jedem Tag bis zwanzig Uhr."
        en: "That holds every day until eight."
        cites: [pool-rules#hours, pool-rules#price-adult]
    steps:
      - {de: "Bringen Sie Kleingeld mit.", en: "Bring change."}
    copy: {de: "Zwei Erwachsene, bitte.", en: "Two adults, please."}
    disputed:
      - de: "Ob Studierende als Erwachsene zahlen, ist offen."
        en: "Whether students pay as adults is open."
        cites: [pool-rules#price-adult]
    source_says: [old-flyer#f1]
reviewed: 2026-01-15
review_by: 2027-01-15
see_also: [pool-dogs]
"""

ENTRY_DOGS = """\
id: pool-dogs
title: {de: "Hunde im Freibad", en: "Dogs at the pool"}
label: {de: "Hunde", en: "Dogs"}
kind: may
asked_as:
  de:
    - "Darf mein Hund mit ins Freibad?"
    - "Hunde Schwimmbad erlaubt"
    - "Kann ich den Vierbeiner ans Becken mitnehmen?"
    - "Sind Hunde im Bad verboten?"
    - "Mit dem Hund schwimmen gehen"
    - "Wohin mit dem Hund, wenn ich bade?"
    - "Freibad mit Hund"
    - "Dürfen Tiere auf die Liegewiese?"
    - "Ist ein Dackel am Beckenrand okay?"
    - "Hund im Schwimmbad mitbringen"
    - "Tierverbot im Freibad?"
    - "Lassen die einen mit Hund rein?"
  en:
    - "May I bring my dog to the pool?"
    - "dogs lido"
    - "Are dogs allowed at the pool?"
    - "swimming with a dog"
    - "Can my puppy come along?"
    - "pets at the pool"
    - "Is a dog forbidden on the lawn?"
    - "Do they let dogs in?"
outcomes:
  - verdict: "no"
    short: {de: "Nein, Hunde bleiben draußen.", en: "No, dogs stay outside.", cites: [pool-rules#dogs]}
    why:
      - {de: "Das Gesetz hält Tiere fern.", en: "The law keeps animals away.", cites: [pool-law#par-3-1-2]}
reviewed: 2026-01-15
review_by: 2027-01-15
"""

ENTRY_HOURS = """\
id: pool-hours
title: {de: "Öffnungszeiten des Freibads", en: "Opening hours of the pool"}
label: {de: "Öffnungszeiten", en: "Opening hours"}
kind: what
asked_as:
  de:
    - "Wann hat das Freibad offen?"
    - "Öffnungszeiten Schwimmbad"
    - "Bis wann ist heute geöffnet?"
    - "Ab wieviel Uhr kann man schwimmen?"
    - "Hat das Bad sonntags auf?"
    - "Wann schließt das Schwimmbad?"
    - "Freibad Uhrzeit"
    - "Geöffnet am Feiertag?"
    - "Um wie viel Uhr machen die zu?"
    - "Wie lange kann ich abends bleiben?"
    - "Morgens früh baden, ab wann?"
    - "Ist das Becken jetzt offen?"
  en:
    - "When is the pool open?"
    - "opening hours lido"
    - "Until when can we swim today?"
    - "Is the pool open on Sunday?"
    - "What time does it close?"
    - "pool hours"
    - "How long may I stay in the evening?"
    - "From what time can one swim?"
outcomes:
  - verdict: info
    short:
      de: "Geöffnet ist von neun bis zwanzig Uhr."
      en: "It is open from nine to eight."
      cites: [pool-rules#hours]
reviewed: 2026-01-15
review_by: 2027-01-15
"""

TERMS = """\
season-ticket:
  name: {de: "Saisonkarte", en: "Season ticket"}
  said_as: {de: ["Dauerkarte"], en: ["season pass"]}
  means:
    - {de: "Eine Karte für den ganzen Sommer.", en: "A ticket for the whole summer.", cites: [pool-rules#season]}
  entry: pool-price
"""

COUNTRIES = """\
austria:
  name: {de: "Österreich", en: "Austria"}
  said_as: {de: ["wien"], en: ["vienna"]}
  reply:
    - {de: "Ich kenne nur die Badeordnung hier.", en: "I know only the pool rules here.", own: true}
    - {de: "Wir raten, das Bad dort zu fragen.", en: "We advise you to ask the pool there.", own: true}
"""

EMERGENCIES = """\
drowning:
  kind: emergency
  title: {de: "Jemand ist in Not", en: "Somebody is in trouble"}
  said_as: {de: ["ertrinkt", "am ertrinken"], en: ["is drowning"]}
  lines:
    - {de: "Rufen Sie die Aufsicht.", en: "Call the attendant.", own: true}
    - {de: "Wählen Sie 112.", en: "Dial 112.", own: true}
    - {de: "Werfen Sie einen Ring.", en: "Throw a ring.", own: true}
    - {de: "Bleiben Sie in Sicht.", en: "Stay in sight.", own: true}
    - {de: "Schreiben Sie es danach auf.", en: "Write it down afterwards.", own: true}
  deadline_hours: 24
  entries: [pool-hours]
"""

OUT_OF_SCOPE = """\
out_of_scope:
  de: ["Wie backe ich Brot?", "Wer ist Kanzler?", "Fährt der Bus noch?", "Mein Fahrrad ist kaputt", "Steuern sparen"]
  en: ["How do I bake bread?", "Who won the match?", "Is the bus late?", "My bike is broken", "save taxes"]
"""


def _checks(entry: str, german: list[str], english: list[str]) -> str:
    lines = [f"entry: {entry}", "questions:"]
    for language, texts in (("de", german), ("en", english)):
        lines += [f"  {language}:", *(f'    - "{text}"' for text in texts)]
    return "\n".join(lines) + "\n"


CHECKS = {
    "pool-price": _checks(
        "pool-price",
        [
            "Was kostet es im Freibad?",
            "Preis für das Schwimmbad",
            "Freibad Eintritt teuer?",
            "Muss man Eintritt zahlen?",
        ],
        ["What is the price of the pool?", "entry cost lido", "Is the entry expensive?"],
    ),
    "pool-dogs": _checks(
        "pool-dogs",
        ["Hund ins Bad mitnehmen?", "Sind Vierbeiner erlaubt?", "Freibad Hunde verboten?", "Darf der Hund rein?"],
        ["Can I take my dog along?", "dogs forbidden?", "Is my dog allowed?"],
    ),
    "pool-hours": _checks(
        "pool-hours",
        ["Wann öffnet das Schwimmbad?", "Wie lange ist offen?", "Freibad geöffnet?", "Ab wann ist das Bad offen?"],
        ["When does the pool open?", "hours of the lido", "Is it open late?"],
    ),
}

#: Longer than a narrow window.
HELP_LINK = "https://pool.example/wer-hilft-wenn-der-bot-es-auch-nicht-weiss/kasse-am-eingang"

KNOWLEDGE = f"""\
languages: [de, en]
name: {{de: "das Freibad", en: "the outdoor pool"}}
about: {{de: "zum Freibad", en: "about the outdoor pool"}}
example: {{de: "Was kostet der Eintritt ins Freibad?", en: "How much is the entry to the pool?"}}
topics: {{de: ["Eintritt und Öffnungszeiten", "Hunde"], en: ["Entry and opening hours", "Dogs"]}}
help: {{de: "Sonst hilft die Kasse. {HELP_LINK}", en: "Otherwise ask at the desk. {HELP_LINK}"}}
"""

FILES = {
    "knowledge.yaml": KNOWLEDGE,
    "sources/pool-rules.yaml": SOURCE_RULES,
    "sources/old-flyer.yaml": SOURCE_FLYER,
    "sources/pool-law.yaml": SOURCE_LAW,
    "facts/visitor.yaml": FACT_VISITOR,
    "facts/ticket.yaml": FACT_TICKET,
    "lexicon.yaml": LEXICON,
    "terms.yaml": TERMS,
    "countries.yaml": COUNTRIES,
    "emergencies.yaml": EMERGENCIES,
    "entries/pool/pool-price.yaml": ENTRY_PRICE,
    "entries/pool/pool-dogs.yaml": ENTRY_DOGS,
    "entries/pool/pool-hours.yaml": ENTRY_HOURS,
    "checks/out-of-scope.yaml": OUT_OF_SCOPE,
    **{f"checks/pool/{entry}.yaml": text for entry, text in CHECKS.items()},
}


def write_small(folder: Path) -> Path:
    """Write the knowledge below a folder, with a copy of the texts that ship with the bot, to be broken."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shutil.copytree(DEFAULTS / "texts", folder / "texts")
    return folder


def only_german(folder: Path) -> Path:
    """The small knowledge with what is English cut out, where YAML has it on a line or in braces of its own."""
    (folder / "texts/en.yaml").unlink()
    for path in folder.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace("[de, en]", "[de]")
        text = re.sub(r',? en: (?:"[^"]*"|\[[^\]]*\])(?=\}|, (?:cites|own))', "", text)
        path.write_text(re.sub(r"^( *)en:.*\n(?:\1  .*\n)*", "", text, flags=re.MULTILINE), encoding="utf-8")
    return folder
