"""The words of a knowledge: their grammar, and the ideas that many words share."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.knowledge.phrases import Phrases


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by their grammar, and concepts: one idea, many words; `classes` are words that templates name as they name
    concepts, and that mean nothing to the matcher.

    `fillers` add nothing to an utterance, `reservations` qualify a yes, `third_parties` are
    not the asker ("mein Friseur"). `question_words` begin a question, and of these
    `interrogatives` begin nothing else; `follow_up_openers` begin one that leaves out what was said before.
    `whether_openers` ("haben", "did") begin a question whether something is so.
    `asker_acts` and `asker_acted_on` are the asker as the one who does something and as the one it is done to;
    `anyone` is nobody in particular; `role_openers` ("als", "wir sind ein") come before what somebody is. A calling may
    also have `calling_leads` ("hallo", "kleines") before it and `calling_closers` ("hier") behind; `keeping` ("habe")
    says that what follows is one's own and not oneself, `no_longer` ("früher") and `not_yet` ("werden") that it is not
    so now, `working` ("arbeite") that the asker is meant, `another` ("er", "die") and `deeds` ("schickt") that somebody
    else is. `articles` ("der") point at a body that does something, `copulas` ("ist") say what it is. `hearsay` ("der
    sagt") comes before a third person's words, `plainly` ("nur") after a verb that asks nothing ("ist nur die
    normale"), and `idle_negations` ("no problem") deny nothing; `not_reported` is what looks like words of ours that
    are repeated, and is none. `joiners` ("und", "mit eigener") come between two things that somebody is at once, and
    `instead_of` ("statt", "nicht") before a service that is not meant. Each concept is of a kind; those of a kind in
    `exclusive_kinds` stand against each other: a question about one is no question about the others.
    """

    function_words: Phrases = field(default_factory=Phrases)
    negations: Phrases = field(default_factory=Phrases)
    fillers: Phrases = field(default_factory=Phrases)
    reservations: Phrases = field(default_factory=Phrases)
    third_parties: Phrases = field(default_factory=Phrases)
    question_words: Phrases = field(default_factory=Phrases)
    interrogatives: Phrases = field(default_factory=Phrases)
    follow_up_openers: Phrases = field(default_factory=Phrases)
    whether_openers: Phrases = field(default_factory=Phrases)
    role_openers: Phrases = field(default_factory=Phrases)
    calling_leads: Phrases = field(default_factory=Phrases)
    calling_closers: Phrases = field(default_factory=Phrases)
    keeping: Phrases = field(default_factory=Phrases)
    no_longer: Phrases = field(default_factory=Phrases)
    not_yet: Phrases = field(default_factory=Phrases)
    working: Phrases = field(default_factory=Phrases)
    another: Phrases = field(default_factory=Phrases)
    deeds: Phrases = field(default_factory=Phrases)
    articles: Phrases = field(default_factory=Phrases)
    copulas: Phrases = field(default_factory=Phrases)
    hearsay: Phrases = field(default_factory=Phrases)
    plainly: Phrases = field(default_factory=Phrases)
    idle_negations: Phrases = field(default_factory=Phrases)
    joiners: Phrases = field(default_factory=Phrases)
    asker_acts: Phrases = field(default_factory=Phrases)
    asker_acted_on: Phrases = field(default_factory=Phrases)
    anyone: Phrases = field(default_factory=Phrases)
    asker_owns: Phrases = field(default_factory=Phrases)
    prepositions: Phrases = field(default_factory=Phrases)
    supposers: Phrases = field(default_factory=Phrases)
    supposing_openers: Phrases = field(default_factory=Phrases)
    indirect_openers: Phrases = field(default_factory=Phrases)
    reporters: Phrases = field(default_factory=Phrases)
    not_reported: Phrases = field(default_factory=Phrases)
    saying: Phrases = field(default_factory=Phrases)
    reasons: Phrases = field(default_factory=Phrases)
    asked_about: Phrases = field(default_factory=Phrases)
    asked_meaning: Phrases = field(default_factory=Phrases)
    unfamiliar: Phrases = field(default_factory=Phrases)
    alternatives: Phrases = field(default_factory=Phrases)
    lookalikes: Phrases = field(default_factory=Phrases)
    connectors: Phrases = field(default_factory=Phrases)
    lead_ins: Phrases = field(default_factory=Phrases)
    relatives: Phrases = field(default_factory=Phrases)
    asking_verbs: Phrases = field(default_factory=Phrases)
    instead_of: Phrases = field(default_factory=Phrases)
    concepts: Mapping[str, Phrases] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    exclusive_kinds: tuple[str, ...] = ()
    classes: Mapping[str, Phrases] = field(default_factory=dict)

    def exclusive_concepts(self) -> tuple[frozenset[str], ...]:
        """The concepts of each exclusive kind."""
        return tuple(frozenset(c for c, of in self.kinds.items() if of == kind) for kind in self.exclusive_kinds)
