"""Acts -> replies: everything is worded from the knowledge's texts, in the session's language."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import singledispatchmethod
from typing import get_args

from bot.dialogue import acts, codes
from bot.dialogue.actions.answering import MISSES_UNTIL_HELP
from bot.dialogue.acts import Act
from bot.dialogue.answering import Answer, Told, assumed
from bot.dialogue.authorities import Helpers
from bot.dialogue.cases import start_parameter
from bot.dialogue.citing import SPEAKERS, cite, cite_source
from bot.dialogue.disclosing import Disclosure
from bot.dialogue.events import Complaint
from bot.dialogue.glossary import terms_of
from bot.dialogue.guiding import Guide
from bot.dialogue.held import Held
from bot.dialogue.layers import as_quotation
from bot.dialogue.questions import completed, open_questions, relevant_facts
from bot.dialogue.scene import Scene
from bot.dialogue.telling import AboutAnswer
from bot.knowledge.model import UNKNOWN, Knowledge, Option
from bot.messages import Block, Choice, Language, Line, Reply


def respond(
    language: Language, said: Sequence[Act], knowledge: Knowledge, today: date, scene: Scene | None = None
) -> tuple[Reply, ...]:
    """The replies of a turn. Short remarks are put before the question that follows them, in one message."""
    scene = scene or Scene()
    wording = Wording(knowledge, language, today, scene)
    replies = _joined([wording.of(act) for act in said])
    is_told = any(isinstance(act, acts.ShowPage) and act.page in ("start", "privacy") for act in said)
    return wording.introduced(replies) if scene.is_first and not is_told else replies


def _joined(replies: list[Reply]) -> tuple[Reply, ...]:
    joined: list[Reply] = []
    for reply in replies:
        if joined and _is_remark(joined[-1]):
            joined.append(replace(reply, blocks=joined.pop().blocks + reply.blocks))
        else:
            joined.append(reply)
    return tuple(joined)


def _is_remark(reply: Reply) -> bool:
    return not reply.choices and not reply.citations and reply.attachment is None


class Wording:
    """Words acts in one language."""

    def __init__(self, knowledge: Knowledge, language: Language, today: date, scene: Scene) -> None:
        self._knowledge = knowledge
        self._scene = scene
        self._disclosure = Disclosure(knowledge, language)
        self._language = language
        self._texts = knowledge.texts[language]
        self._today = today
        self._guide = Guide(knowledge, language)

    def introduced(self, replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
        """Who is responsible, told with the first reply (Art. 13 (1) GDPR)."""
        controller = self._disclosure.introduction(self._scene.notice)
        if not controller or not replies:
            return replies
        return (*replies[:-1], replace(replies[-1], blocks=(*replies[-1].blocks, *controller)))

    def of(self, act: Act) -> Reply:
        return self._word(act)

    @singledispatchmethod
    def _word(self, act: Act) -> Reply:
        raise TypeError(type(act))

    @_word.register
    def _say(self, act: acts.Say) -> Reply:
        return self._reply(self._text(self._texts[act.key]), choices=self._label_choices(act.related))

    @_word.register
    def _aside(self, act: acts.SayAside) -> Reply:
        reply = self._knowledge.asides[act.aside].reply
        return self._reply(self._text(reply[self._language] if reply else self._texts["nothing_open"]))

    @_word.register
    def _ask(self, act: acts.Ask) -> Reply:
        entry, fact = self._knowledge.entries[act.entry], self._knowledge.facts[act.fact]
        title = entry.title[self._language]
        lead = self._texts[act.lead or "topic"].format(title=title)
        known = relevant_facts(entry, self._knowledge.facts, completed(entry, act.known))
        told = {n: v for n, v in known.items() if act.known.get(n) == v != entry.unless_said.get(n)}
        supposed = {name: told.pop(name) for name in act.supposed if name in told}
        blocks = (
            self._text(lead + self._progress(act)),
            *assumed(self._knowledge, self._language, supposed, "supposed"),
            *assumed(self._knowledge, self._language, told),
            Block("question", (Line(fact.ask[self._language]),)),
        )
        return self._reply(*blocks, choices=self._answers(act))

    def _progress(self, act: acts.Ask) -> str:
        """Which question of how many at most it is, where it is not the only one and nothing is only changed."""
        if act.present:
            return ""
        entry = self._knowledge.entries[act.entry]
        left = open_questions(entry, self._knowledge.facts, act.known)
        most = act.answered + len({*left, act.fact})
        if most <= 1:
            return ""
        return " " + self._texts["progress"].format(number=act.answered + 1, most=most)

    def _answers(self, act: acts.Ask) -> tuple[Choice, ...]:
        language, fact = self._language, self._knowledge.facts[act.fact]
        options = [
            Choice(self._marked(option, act), codes.answer(language, act.entry, act.fact, option.id))
            for option in fact.options.values()
            if option.id not in act.excluded
        ]
        unknown = codes.answer(language, act.entry, act.fact, UNKNOWN)
        back = [self._button("back", codes.plain("b", language))] if act.can_go_back else []
        why = self._button("why", codes.why(language, act.fact))
        return (*options, self._button("unknown", unknown), why, *back, *self._in_private(act))

    def _marked(self, option: Option, act: acts.Ask) -> str:
        """The label; of the option that holds now with a mark."""
        label = option.label[self._language]
        return self._texts["button_present"].format(label=label) if option.id == act.present else label

    @_word.register
    def _hint(self, act: acts.HintAt) -> Reply:
        counts = self._knowledge.facts[act.fact].counts
        said = [self._texts["not_understood"], *([counts[self._language]] if counts else [])]
        return self._reply(self._text(" ".join(said)))

    @_word.register
    def _deny(self, act: acts.Deny) -> Reply:
        options = (
            (self._knowledge.facts[name].options[each]) for name, denied in act.options.items() for each in denied
        )
        stated = " · ".join(option.stated[self._language] for option in options)
        return self._reply(self._text(self._texts["denied"].format(facts=stated)))

    def _in_private(self, act: acts.Ask | acts.Tell) -> tuple[Choice, ...]:
        """In a group the question can be taken to where nobody else reads, with what is known so far."""
        if not self._scene.is_group:
            return ()
        parameter = start_parameter(self._knowledge.entries[act.entry], act.known, self._knowledge.facts)
        return (Choice(self._texts["button_private"], parameter, "open"),)

    @_word.register
    def _why(self, act: acts.ExplainWhy) -> Reply:
        return self._reply(self._text(self._knowledge.facts[act.fact].why[self._language]))

    @_word.register
    def _tell(self, act: acts.Tell) -> Reply:
        if self._scene.is_group:
            # Everybody has to scroll past it: the conclusion there, the rest where nobody else reads.
            brief = self._answer(act).brief(has_title=True)
            return replace(brief, choices=(*brief.choices, *self._in_private(act)))
        return self._answer(act).reply(self._today)

    def _answer(self, act: acts.Tell | acts.TellBriefly) -> Answer:
        entry = self._knowledge.entries[act.entry]
        return Answer(self._knowledge, self._language, entry, Told(act.known, act.changed, act.supposed))

    @_word.register
    def _tell_briefly(self, act: acts.TellBriefly) -> Reply:
        return self._answer(act).brief(self._texts[act.lead] if act.lead else "")

    @_word.register
    def _unfold(self, act: acts.Unfold) -> Reply:
        entry = self._knowledge.entries[act.entry]
        return Answer(self._knowledge, self._language, entry, act.known).unfolded(act.layer, self._today)

    @_word.register
    def _about(self, act: acts.TellAbout) -> Reply:
        entry = self._knowledge.entries[act.entry]
        return AboutAnswer(self._knowledge, self._language, entry, act.known).of(act.aspect, self._today)

    @_word.register
    def _term(self, act: acts.ExplainTerm) -> Reply:
        return self._guide.term(self._knowledge.terms[act.term])

    @_word.register
    def _terms(self, act: acts.ExplainTerms) -> Reply:
        entry = self._knowledge.entries[act.entry]
        answer = Answer(self._knowledge, self._language, entry, act.known)
        return self._guide.terms(terms_of(self._knowledge, self._language, answer.outcomes))

    @_word.register
    def _alarm(self, act: acts.Alarm) -> Reply:
        return self._guide.alarm(act, self._entry_choices(act.entries))

    @_word.register
    def _about_alarm(self, act: acts.TellAboutAlarm) -> Reply:
        return self._guide.about_alarm(self._knowledge.emergencies[act.emergency], act.aspect)

    @_word.register
    def _helpers(self, act: acts.TellHelpers) -> Reply:
        return Helpers(self._knowledge, self._language).reply(act.known)

    @_word.register
    def _unplaced(self, act: acts.LeaveUnplaced) -> Reply:
        entry = self._knowledge.entries[act.entry]
        choices = tuple(Answer(self._knowledge, self._language, entry, act.known).turn_choices())
        key = "unplaced_turns" if choices else "unplaced"
        return self._reply(self._text(self._texts[key]), choices=choices or self._label_choices(act.related))

    @_word.register
    def _country(self, act: acts.TellCountry) -> Reply:
        return self._guide.country(self._knowledge.countries[act.country])

    @_word.register
    def _announce(self, act: acts.Announce) -> Reply:
        labels = " · ".join(self._knowledge.entries[each].label[self._language] for each in act.entries)
        return self._reply(self._text(self._texts[act.key].format(titles=labels)))

    @_word.register
    def _offer(self, act: acts.Offer) -> Reply:
        choices = (*self._entry_choices(act.entries), self._button("none", codes.plain("n", self._language)))
        known = {name: value for name, value in act.known.items() if self._is_telling(name, value, act.entries)}
        question = self._question("offer" if len(act.entries) > 1 else "offer_one")
        reply = self._reply(*assumed(self._knowledge, self._language, known), question, choices=choices)
        # Whoever means none of them may leave the question for the editors.
        return replace(reply, refers=True)

    def _is_telling(self, name: str, value: str, entries: Sequence[str]) -> bool:
        """Whether something told is worth saying: not what the entries take for granted anyway."""
        held = [self._knowledge.entries[each].unless_said.get(name) for each in entries]
        return value in self._knowledge.facts[name].options and value not in held

    def _label_choices(self, entries: Sequence[str]) -> tuple[Choice, ...]:
        """What may help further, by short names."""
        labels = [(each, self._knowledge.entries[each].label[self._language]) for each in entries]
        return tuple(Choice(label, codes.pick(self._language, each), group="neighbours") for each, label in labels)

    def _entry_choices(self, entries: Sequence[str]) -> tuple[Choice, ...]:
        titles = [(each, self._knowledge.entries[each].title[self._language]) for each in entries]
        return tuple(Choice(title, codes.pick(self._language, each)) for each, title in titles)

    @_word.register
    def _change(self, act: acts.AskWhichChange) -> Reply:
        """All that the answer rests on, each with what it is now, and a button to change it."""
        stated = {name: self._knowledge.facts[name].stated(act.known[name], self._language) for name in act.facts}
        asked = [(self._knowledge.facts[name].ask[self._language], self._present(name, act)) for name in act.facts]
        review = Block("list", tuple(Line(f"{question} {present}") for question, present in asked))
        choices = tuple(Choice(said, codes.change(self._language, act.entry, name)) for name, said in stated.items())
        back = self._button("back", codes.plain("b", self._language))
        return self._reply(review, self._question("change_which"), choices=(*choices, back))

    def _present(self, name: str, act: acts.AskWhichChange) -> str:
        option = self._knowledge.facts[name].options.get(act.known[name])
        return option.label[self._language] if option else self._texts["button_unknown"]

    @_word.register
    def _decline(self, act: acts.Decline) -> Reply:
        related = self._label_choices(act.related)
        if act.was_offered and act.misses < MISSES_UNTIL_HELP:
            return self._declined(self._text(self._texts["declined_offer"]), choices=())
        if act.is_near:
            return self._declined(self._text(self._texts["declined_near"]), choices=related)
        if act.misses == MISSES_UNTIL_HELP:
            blocks = (self._text(self._texts["declined_again"]), self._topics(), self._text(self._texts["authority"]))
            return self._declined(*blocks, choices=related)
        key = self._refusal() if act.misses < MISSES_UNTIL_HELP else "declined_still"
        hint = [self._text(self._texts["related"])] if related else []
        return self._declined(self._text(self._texts[key]), *hint, choices=related)

    def _refusal(self) -> str:
        """The key of what is said to a question without an answer, by whether it can be left for the editors."""
        if self._scene.is_forwarded:
            return "declined_forwarded"
        return "declined" if self._scene.notice.is_lasting else "declined_unkept"

    def _declined(self, *blocks: Block, choices: tuple[Choice, ...]) -> Reply:
        """A refusal can be left for the editors, where anything lasts: with the question it refers to, for we have kept
        nothing of it. What another wrote is not the person's to give away."""
        if self._scene.is_forwarded:
            return self._reply(*blocks, choices=choices)
        return replace(self._reply(*blocks, choices=(*choices, *self._giving())), refers=True)

    @_word.register
    def _remind(self, act: acts.Remind) -> Reply:
        kinds = ", ".join(self._texts[f"blank_{kind}"] for kind in act.kinds)
        return self._reply(self._text(self._texts["personal_data"].format(kinds=kinds)))

    @_word.register
    def _vote(self, act: acts.CountVote) -> Reply:
        key = "vote_changed" if act.is_changed else "vote_counted"
        if act.has_helped:
            return self._reply(self._text(self._texts[key]))
        asked = (self._text(self._texts[key]), self._question("vote_why"))
        return self._reply(*asked, choices=(*self._complaints(act.entry), *self._giving()))

    def _complaints(self, entry: str) -> Iterator[Choice]:
        for complaint in get_args(Complaint):
            label = self._texts[f"complaint_{complaint.replace('-', '_')}"]
            yield Choice(label, codes.complain(self._language, entry, complaint))

    def _giving(self) -> tuple[Choice, ...]:
        """What a person asked can be left for the editors, where anything lasts."""
        return (self._button("donate", codes.plain("g", self._language)),) if self._scene.notice.is_lasting else ()

    @_word.register
    def _complaint(self, _: acts.CountComplaint) -> Reply:
        return self._reply(self._text(self._texts["complaint_counted"]))

    @_word.register
    def _preview(self, act: acts.PreviewDonation) -> Reply:
        days = self._disclosure.days(self._scene.notice.donations)
        choices = (
            self._button("donate_yes", codes.plain("y", self._language)),
            self._button("donate_no", codes.plain("k", self._language)),
        )
        shown = Block("quote", (Line(act.text),))
        asked = self._text(self._texts["donation_preview"].format(days=days))
        return replace(self._reply(asked, shown, choices=choices), refers=True)

    @_word.register
    def _donated(self, act: acts.Donate) -> Reply:
        days = self._disclosure.days(self._scene.notice.donations)
        withdraw = self._button("withdraw", codes.withdraw(self._language, act.id))
        return self._reply(self._text(self._texts["donated"].format(days=days)), choices=(withdraw,))

    @_word.register
    def _withdrawn(self, _: acts.Withdraw) -> Reply:
        return self._reply(self._text(self._texts["donation_withdrawn"]))

    @_word.register
    def _held(self, act: acts.TellHeld) -> Reply:
        held = act.held or Held()
        attachment = self._disclosure.held_file(held) if held.sessions else None
        return Reply(self._language, self._disclosure.held(held, self._scene.notice), attachment=attachment)

    @_word.register
    def _erased(self, act: acts.Erase) -> Reply:
        return self._reply(*self._disclosure.erased(act.held or Held(), self._scene.notice))

    def _topics(self) -> Block:
        lines = self._texts["topics"].splitlines()
        return Block("list", tuple(Line(line) for line in lines if line), title=self._texts["topics_title"])

    @_word.register
    def _quote(self, act: acts.ShowQuote) -> Reply:
        claim = self._knowledge.claim(act.reference)
        cited = cite(self._knowledge, self._language, act.reference, 1)
        quoted = as_quotation(claim.quote[self._language], "de") if claim.quote else ""
        quote = [Block("quote", (Line(quoted),))] if quoted else []
        meaning = self._text(self._texts["quote_means"].format(says=claim.says[self._language]))
        today = self._texts["today_title"]
        note = [Block("text", (Line(claim.note[self._language]),), today)] if claim.note else []
        blocks = (*quote, meaning, *note, Block("sources"))
        return Reply(self._language, blocks, (), (cited,))

    @_word.register
    def _page(self, act: acts.ShowPage) -> Reply:
        if act.page == "sources":
            return self._all_sources()
        if act.page == "language":
            return self._reply(self._question("page_language"), choices=self._languages())
        if act.page == "privacy":
            return self._reply(*self._disclosure.notice(self._scene.notice))
        if act.page == "help":
            return self._reply(*self._paragraphs("page_help"), *self._other_languages(), self._topics())
        if act.page == "topics":
            return self._reply(self._topics(), choices=self._examples())
        introduction = self._disclosure.introduction(self._scene.notice) if act.page == "start" else ()
        more = (*self._examples(), self._button("topics", codes.plain("m", self._language)))
        return self._reply(
            *self._paragraphs(f"page_{act.page}"), *introduction, choices=more if act.page == "start" else ()
        )

    def _examples(self) -> tuple[Choice, ...]:
        """Questions to begin with."""
        return tuple(
            Choice(each.question[self._language], codes.pick(self._language, each.entry))
            for each in self._knowledge.examples
        )

    def _all_sources(self) -> Reply:
        ordered = sorted(
            self._knowledge.sources.values(),
            key=lambda source: (SPEAKERS.index(source.kind), source.title[self._language]),
        )
        cited = tuple(
            cite_source(self._knowledge, self._language, source, number) for number, source in enumerate(ordered, 1)
        )
        return Reply(self._language, (*self._paragraphs("page_sources"), Block("sources")), (), cited)

    def _other_languages(self) -> tuple[Block, ...]:
        return (self._text(self._texts["help_language"]),) if len(self._knowledge.languages) > 1 else ()

    def _languages(self) -> tuple[Choice, ...]:
        return (Choice("Deutsch", codes.plain("l", "de")), Choice("English", codes.plain("l", "en")))

    def _reply(self, *blocks: Block, choices: tuple[Choice, ...] = ()) -> Reply:
        return Reply(self._language, blocks, choices)

    def _paragraphs(self, key: str) -> list[Block]:
        return [self._text(paragraph) for paragraph in self._texts[key].split("\n\n")]

    def _text(self, text: str) -> Block:
        return Block("text", (Line(text),))

    def _question(self, key: str) -> Block:
        return Block("question", (Line(self._texts[key]),))

    def _button(self, name: str, code: str) -> Choice:
        return Choice(self._texts[f"button_{name}"], code)
