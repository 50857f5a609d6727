"""What the small knowledge tells beside its answers: a term, a country, authorities and an emergency of the pool's."""

from pathlib import Path

TERMS = """\
season-ticket:
  name: {de: "Saisonkarte", en: "Season ticket"}
  said_as:
    de: ["Dauerkarte[n]", "Jahreskarte"]
    en: ["season pass", "annual ticket"]
  means:
    - de: "Mit einer Saisonkarte ist der Eintritt bezahlt."
      en: "With a season ticket the entry is paid."
      cites: [pool-rules#season]
  entry: pool-price
lido:
  name: "Lido"
  means:
    - {own: true, de: "Wir meinen damit das Freibad.", en: "We mean the outdoor pool."}
"""

COUNTRIES = """\
austria:
  name: {de: "Österreich", en: "Austria"}
  said_as:
    de: ["österreichisch(e|er|es)", "wien"]
    en: ["austrian", "vienna"]
  reply:
    - {own: true, de: "Ich kenne nur die Badeordnung von hier.", en: "I know the rules of this pool alone."}
    - {de: "Auch dort zahlen Kinder nichts.", en: "Children pay nothing there either.", cites: [pool-rules#price-child]}
  authority: baths-at
"""

AUTHORITIES = """\
baths:
  for: [private, public]
  name: {de: "Aufsicht der Bäder", en: "Supervisor of pools"}
  short: "Bäderaufsicht"
  url: https://baths.example/
  complaint: https://baths.example/complaint
  breach: https://baths.example/breach
  checked: 2026-01-15
baths-at:
  for: country
  name: {de: "Bäderbehörde", en: "Baths Authority"}
  short: {de: "Bäderbehörde", en: "Baths Authority"}
  url: https://baths-at.example/
  checked: 2026-01-15
"""

EMERGENCIES = """\
accident:
  kind: emergency
  title: {de: "Unfall im Becken", en: "Accident in the pool"}
  said_as:
    de: ["(jemand|mein kind) … ertrinkt", "unfall im becken"]
    en: ["someone is drowning"]
  untold_as:
    de: ["unfallversicherung"]
  lines:
    - {de: "Ziehen Sie die Person heraus.", en: "Pull the person out."}
    - {de: "Schreiben Sie auf, wann es geschah.", en: "Write down when it happened."}
    - {own: true, de: "Wir raten, die Familie anzurufen.", en: "We advise calling the family."}
    - {de: "Melden Sie es bis zwanzig Uhr.", en: "Report it before eight.", cites: [pool-rules#hours]}
    - {de: "Rufen Sie die Kasse an.", en: "Call the desk."}
  deadline_hours: 72
  entries: [pool-hours, pool-dogs]
"""

FILES = {
    "terms.yaml": TERMS,
    "countries.yaml": COUNTRIES,
    "authorities.yaml": AUTHORITIES,
    "emergencies.yaml": EMERGENCIES,
}


def write_guidance(folder: Path) -> Path:
    """Write the files beside those of a small knowledge."""
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
