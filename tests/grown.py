"""The small knowledge, grown: three facts that decide together, one that holds unless somebody says otherwise, one that
wants certainty, authorities by Land and by whom they serve, terms within terms.

Owns what dialogues need beyond the small knowledge; its answers are as short as they can be.
"""

from pathlib import Path

from tests.small import COUNTRIES, TERMS, write_small

FACT_SKILL = """\
about: question
ask: {de: "Wie gut schwimmen Sie?", en: "How well do you swim?"}
why: {de: "Im tiefen Wasser zählt das.", en: "It counts in deep water."}
counts: {de: "Ein Wort genügt: gar nicht, etwas, Abzeichen.", en: "One word will do: not at all, a little, badge."}
options:
  none:
    label: {de: "Gar nicht", en: "Not at all"}
    stated: {de: "Nichtschwimmer", en: "non-swimmer"}
    said_as: {de: ["nichtschwimmer", "kann nicht schwimmen"], en: ["non-swimmer", "cannot swim"]}
  some:
    label: {de: "Etwas", en: "A little"}
    stated: {de: "schwimmt etwas", en: "swims a little"}
    said_as: {de: ["schwimmt etwas"], en: ["swims a little"]}
    answered_as: {de: ["ein wenig"], en: ["a bit"]}
  badge:
    label: {de: "Mit Abzeichen", en: "With a badge"}
    stated: {de: "mit Schwimmabzeichen", en: "with a swimming badge"}
    said_as: {de: ["mit schwimmabzeichen"], en: ["with a swimming badge"]}
"""

FACT_DEPTH = """\
about: question
ask: {de: "In welches Becken?", en: "Into which pool?"}
why: {de: "Im flachen Becken ist der Grund nah.", en: "The ground is near in the shallow pool."}
options:
  shallow:
    label: {de: "Flaches Becken", en: "Shallow pool"}
    said_as: {de: ["ins flache becken"], en: ["into the shallow pool"]}
  deep:
    label: {de: "Tiefes Becken", en: "Deep pool"}
    said_as: {de: ["ins tiefe becken"], en: ["into the deep pool"]}
"""

FACT_WEATHER = """\
about: question
ask: {de: "Wie ist das Wetter?", en: "What is the weather like?"}
why: {de: "Bei Gewitter muss jeder aus dem Wasser.", en: "In a thunderstorm everybody leaves the water."}
options:
  sunny:
    label: {de: "Sonnig", en: "Sunny"}
    stated: {de: "bei Sonne", en: "in the sun"}
    said_as: {de: ["bei sonne"], en: ["in the sun"]}
  stormy:
    label: {de: "Gewitter", en: "Thunderstorm"}
    stated: {de: "bei Gewitter", en: "in a thunderstorm"}
    said_as: {de: ["bei gewitter"], en: ["in a thunderstorm"]}
"""

FACT_PROOF = """\
about: question
ask: {de: "Ist es bescheinigt?", en: "Is it certified?"}
why: {de: "Nur eine Bescheinigung zählt.", en: "Only a certificate counts."}
options:
  "yes":
    label: {de: "Ja", en: "Yes"}
    stated: {de: "bescheinigt", en: "certified"}
    needs_certainty: "yes"
    said_as: {de: ["mit bescheinigung"], en: ["with a certificate"]}
  "no":
    label: {de: "Nein", en: "No"}
    stated: {de: "nicht bescheinigt", en: "not certified"}
    said_as: {de: ["ohne bescheinigung"], en: ["without a certificate"]}
"""

FACT_SENDER = """\
about: asker
ask: {de: "Wer fragt?", en: "Who is asking?"}
why: {de: "Davon hängt die Aufsicht ab.", en: "The authority in charge depends on it."}
options:
  business: {label: {de: "Betrieb", en: "Business"}, said_as: {de: ["unser betrieb"], en: ["our business"]}}
  authority: {label: {de: "Amt", en: "Public office"}, said_as: {de: ["unser amt"], en: ["our office"]}}
  school: {label: {de: "Schule", en: "School"}, said_as: {de: ["unsere schule"], en: ["our school"]}}
  church: {label: {de: "Kirche", en: "Church"}, said_as: {de: ["unsere kirche"], en: ["our church"]}}
"""

FACT_LEVEL = """\
about: asker
ask: {de: "Bund oder Gemeinde?", en: "Federation or town?"}
why: {de: "Davon hängt die Aufsicht ab.", en: "The authority in charge depends on it."}
options:
  federal: {label: {de: "Bund", en: "Federation"}, said_as: {de: ["bundesamt"], en: ["federal office"]}}
  municipal:
    label: {de: "Gemeinde", en: "Town"}
    said_as: {de: ["gemeindeamt"], en: ["town office"]}
    implies: {sender: authority}
"""

FACT_LAND = """\
about: asker
ask: {de: "In welchem Bundesland?", en: "In which Land?"}
why: {de: "Jedes Land hat seine Aufsicht.", en: "Each Land has its authority."}
options:
  north: {label: {de: "Nordland", en: "Northland"}, said_as: {de: ["in nordland"], en: ["in northland"]}}
  south: {label: {de: "Südland", en: "Southland"}, said_as: {de: ["in südland"], en: ["in southland"]}}
"""

ENTRY_DIVE = """\
id: pool-dive
title: {de: "Vom Brett springen", en: "Diving from the board"}
label: {de: "Springen", en: "Diving"}
kind: may
asked_as:
  de: ["Darf ich vom Brett springen?", "Sprungbrett erlaubt", "vom Sprungturm springen", "Springen im Freibad"]
  en: ["May I dive from the board?", "diving board allowed", "jump from the diving tower", "diving at the pool"]
facts: [skill, depth, visitor]
outcomes:
  - when: {depth: shallow}
    verdict: "no"
    short: {de: "Nein, dort ist es zu flach.", en: "No, it is too shallow there.", cites: [pool-rules#hours]}
    why:
      - {de: "Das Brett hat die Aufsicht im Blick.", en: "The attendant watches the board.", cites: [pool-rules#hours]}
      - {de: "Der Grund ist nah.", en: "The ground is near.", cites: [pool-law#par-3-1-2]}
  - when: {depth: deep, skill: none}
    verdict: "no"
    short: {de: "Nein, erst lernen Sie schwimmen.", en: "No, first learn to swim.", cites: [pool-rules#hours]}
    why:
      - {de: "Das Brett hat die Aufsicht im Blick.", en: "The attendant watches the board.", cites: [pool-rules#hours]}
  - when: {depth: deep, skill: some, visitor: child}
    verdict: rather-not
    short: {de: "Besser nicht ohne Eltern.", en: "Better not without parents.", cites: [pool-rules#price-child]}
  - when: {depth: deep, skill: some, visitor: adult}
    verdict: yes-if
    short: {de: "Ja, wenn die Aufsicht zusieht.", en: "Yes, if the attendant watches.", cites: [pool-rules#hours]}
  - when: {depth: deep, skill: badge}
    verdict: "yes"
    short: {de: "Ja, mit Abzeichen dürfen Sie.", en: "Yes, with a badge you may.", cites: [pool-rules#season]}
    plain: {de: "Springen Sie ruhig.", en: "Go ahead and dive."}
reviewed: 2026-01-15
review_by: 2027-01-15
see_also: [pool-course, pool-price]
"""

ENTRY_COURSE = """\
id: pool-course
title: {de: "Schwimmkurse im Freibad", en: "Swimming courses at the pool"}
label: {de: "Schwimmkurse", en: "Courses"}
kind: what
asked_as:
  de: ["Welchen Schwimmkurs gibt es?", "Schwimmkurs im Freibad", "schwimmen lernen", "Kurs für Anfänger"]
  en: ["Which swimming course is there?", "swimming course at the pool", "learn to swim", "course for beginners"]
facts: [skill]
outcomes:
  - when: {skill: none}
    verdict: info
    short: {de: "Der Kurs für Anfänger ist montags.", en: "Beginners meet on Mondays.", cites: [pool-rules#hours]}
  - when: {skill: [some, badge]}
    verdict: info
    short: {de: "Der Kurs für Geübte ist dienstags.", en: "Others meet on Tuesdays.", cites: [pool-rules#hours]}
reviewed: 2026-01-15
review_by: 2027-01-15
"""

ENTRY_SLIDE = """\
id: pool-slide
title: {de: "Die Rutsche", en: "The slide"}
label: {de: "Rutsche", en: "Slide"}
kind: may
asked_as:
  de: ["Darf ich auf die Rutsche?", "Rutsche erlaubt", "rutschen im Freibad", "Wasserrutsche benutzen"]
  en: ["May I use the slide?", "slide allowed", "sliding at the pool", "use the water slide"]
facts: [weather]
unless_said: {weather: sunny}
outcomes:
  - when: {weather: sunny}
    verdict: "yes"
    short: {de: "Ja, die Rutsche ist offen.", en: "Yes, the slide is open.", cites: [pool-rules#hours]}
  - when: {weather: stormy}
    verdict: "no"
    short: {de: "Nein, bei Gewitter ist sie zu.", en: "No, it closes in a storm.", cites: [pool-rules#hours]}
reviewed: 2026-01-15
review_by: 2027-01-15
"""

ENTRY_BADGE = """\
id: pool-badge
title: {de: "Das Abzeichen anerkennen lassen", en: "Having the badge recognised"}
label: {de: "Abzeichen", en: "Badge"}
kind: may
asked_as:
  de: ["Zählt mein Schwimmabzeichen?", "Abzeichen anerkennen", "Gilt mein Seepferdchen?", "Abzeichen von früher"]
  en: ["Does my swimming badge count?", "have a badge recognised", "Is my badge valid?", "old swimming badge"]
facts: [proof]
outcomes:
  - when: {proof: "yes"}
    verdict: "yes"
    short: {de: "Ja, die Bescheinigung zählt.", en: "Yes, the certificate counts.", cites: [pool-rules#hours]}
  - when: {proof: "no"}
    verdict: "no"
    short: {de: "Nein, ohne Nachweis zählt es nicht.", en: "No, it needs proof.", cites: [pool-rules#hours]}
reviewed: 2026-01-15
review_by: 2027-01-15
see_also: [pool-price]
"""

AUTHORITIES = """\
north:
  land: north
  for: [private, public]
  name: {de: "Aufsicht Nordland", en: "Northland Authority"}
  short: "Nordaufsicht"
  url: https://north.example/
  complaint: https://north.example/complaint
  breach: https://north.example/breach
  checked: 2026-01-15
south-private:
  land: south
  for: [private]
  name: {de: "Aufsicht der Betriebe Südland", en: "Southland Authority for Businesses"}
  short: "Südaufsicht B"
  url: https://south-private.example/
  checked: 2026-01-15
south-public:
  land: south
  for: [public]
  name: {de: "Aufsicht der Ämter Südland", en: "Southland Authority for Public Offices"}
  short: "Südaufsicht A"
  url: https://south-public.example/
  checked: 2026-01-15
federal:
  for: [federal]
  name: {de: "Bundesaufsicht", en: "Federal Authority"}
  short: "Bundesaufsicht"
  url: https://federal.example/
  checked: 2026-01-15
church:
  for: [church-catholic]
  name: {de: "Aufsicht der Kirche", en: "Church Authority"}
  short: "Kirchenaufsicht"
  url: https://church.example/
  checked: 2026-01-15
abroad:
  for: country
  name: {de: "Aufsicht in Wien", en: "Vienna Authority"}
  short: "Aufsicht Wien"
  url: https://abroad.example/
  checked: 2026-01-15
"""

MORE_TERMS = """\
season-ticket-plus:
  name: {de: "Saisonkarte plus", en: "Season ticket plus"}
  means:
    - {de: "Eine Karte auch für die Halle.", en: "A ticket for the indoor pool, too.", cites: [pool-rules#season]}
attendant:
  name: {de: "Aufsicht", en: "Attendant"}
  means:
    - {de: "Wer auf das Becken achtet.", en: "Somebody who watches the pool.", own: true}
badge:
  name: {de: "Schwimmabzeichen", en: "Swimming badge"}
  said_as: {de: ["Abzeichen"], en: ["badge"]}
  means:
    - {de: "Ein Nachweis, dass man schwimmt.", en: "Proof that somebody swims.", cites: [pool-rules#hours]}
"""

FILES = {
    "facts/skill.yaml": FACT_SKILL,
    "facts/depth.yaml": FACT_DEPTH,
    "facts/weather.yaml": FACT_WEATHER,
    "facts/proof.yaml": FACT_PROOF,
    "facts/sender.yaml": FACT_SENDER,
    "facts/authority_level.yaml": FACT_LEVEL,
    "facts/land.yaml": FACT_LAND,
    "entries/pool/pool-dive.yaml": ENTRY_DIVE,
    "entries/pool/pool-course.yaml": ENTRY_COURSE,
    "entries/pool/pool-slide.yaml": ENTRY_SLIDE,
    "entries/pool/pool-badge.yaml": ENTRY_BADGE,
    "authorities.yaml": AUTHORITIES,
    "terms.yaml": TERMS + MORE_TERMS,
    "countries.yaml": COUNTRIES + "  authority: abroad\n",
}


def write_grown(folder: Path) -> Path:
    """Write the knowledge below a folder."""
    write_small(folder)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
