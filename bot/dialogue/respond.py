"""Acts -> replies: everything is worded from the knowledge's texts, in the session's language."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import singledispatchmethod

from bot.dialogue import acts, codes
from bot.dialogue.actions import MISSES_UNTIL_HELP
from bot.dialogue.acts import Act
from bot.dialogue.answering import Answer, assumed
from bot.dialogue.cases import start_parameter
from bot.dialogue.citing import SPEAKERS, cite, cite_source
from bot.dialogue.disclosing import Disclosure
from bot.dialogue.held import Held
from bot.dialogue.layers import as_quotation
from bot.dialogue.questions import relevant_facts
from bot.dialogue.scene import Scene
from bot.knowledge.model import UNKNOWN, Knowledge
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
        return self._reply(self._text(self._texts[act.key]), choices=self._entry_choices(act.related))

    @_word.register
    def _aside(self, act: acts.SayAside) -> Reply:
        reply = self._knowledge.asides[act.aside].reply
        return self._reply(self._text(reply[self._language] if reply else self._texts["nothing_open"]))

    @_word.register
    def _ask(self, act: acts.Ask) -> Reply:
        entry, fact = self._knowledge.entries[act.entry], self._knowledge.facts[act.fact]
        title = entry.title[self._language]
        lead = self._texts[act.lead or "topic"].format(title=title)
        known = relevant_facts(entry, self._knowledge.facts, act.known)
        blocks = (
            self._text(lead),
            *assumed(self._knowledge, self._language, known),
            Block("question", (Line(fact.ask[self._language]),)),
        )
        return self._reply(*blocks, choices=self._answers(act))

    def _answers(self, act: acts.Ask) -> tuple[Choice, ...]:
        language, fact = self._language, self._knowledge.facts[act.fact]
        options = [
            Choice(option.label[language], codes.answer(language, act.entry, act.fact, option.id))
            for option in fact.options.values()
        ]
        unknown = codes.answer(language, act.entry, act.fact, UNKNOWN)
        back = [self._button("back", codes.plain("b", language))] if act.can_go_back else []
        why = self._button("why", codes.why(language, act.fact))
        return (*options, self._button("unknown", unknown), why, *back, *self._in_private(act))

    def _in_private(self, act: acts.Ask) -> tuple[Choice, ...]:
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
        return self._answer(act).reply(self._today)

    def _answer(self, act: acts.Tell | acts.TellBriefly | acts.CiteAgain | acts.Unfold) -> Answer:
        return Answer(self._knowledge, self._language, self._knowledge.entries[act.entry], act.known)

    @_word.register
    def _tell_briefly(self, act: acts.TellBriefly) -> Reply:
        return self._answer(act).brief()

    @_word.register
    def _unfold(self, act: acts.Unfold) -> Reply:
        return self._answer(act).unfolded(act.layer, self._today)

    @_word.register
    def _sources(self, act: acts.CiteAgain) -> Reply:
        title = self._text(self._knowledge.entries[act.entry].title[self._language])
        sources = Block("sources", title=self._texts["sources_title"])
        return Reply(self._language, (title, sources), (), self._answer(act).reply(self._today).citations)

    @_word.register
    def _offer(self, act: acts.Offer) -> Reply:
        choices = (*self._entry_choices(act.entries), self._button("none", codes.plain("n", self._language)))
        known = {name: value for name, value in act.known.items() if value in self._knowledge.facts[name].options}
        question = self._question("offer" if len(act.entries) > 1 else "offer_one")
        reply = self._reply(*assumed(self._knowledge, self._language, known), question, choices=choices)
        # Whoever means none of them may leave the question for the editors.
        return replace(reply, refers=True)

    def _entry_choices(self, entries: Sequence[str]) -> tuple[Choice, ...]:
        titles = [(each, self._knowledge.entries[each].title[self._language]) for each in entries]
        return tuple(Choice(title, codes.pick(self._language, each)) for each, title in titles)

    @_word.register
    def _change(self, act: acts.AskWhichChange) -> Reply:
        choices = tuple(
            Choice(
                self._knowledge.facts[name].stated(act.known[name], self._language),
                codes.change(self._language, act.entry, name),
            )
            for name in act.facts
        )
        back = self._button("back", codes.plain("b", self._language))
        return self._reply(self._question("change_which"), choices=(*choices, back))

    @_word.register
    def _decline(self, act: acts.Decline) -> Reply:
        related = self._entry_choices(act.related)
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
        give = (self._button("donate", codes.plain("g", self._language)),) if self._scene.notice.is_lasting else ()
        return replace(self._reply(*blocks, choices=(*choices, *give)), refers=True)

    @_word.register
    def _remind(self, act: acts.Remind) -> Reply:
        kinds = ", ".join(self._texts[f"blank_{kind}"] for kind in act.kinds)
        return self._reply(self._text(self._texts["personal_data"].format(kinds=kinds)))

    @_word.register
    def _vote(self, _: acts.CountVote) -> Reply:
        return self._reply(self._text(self._texts["vote_counted"]))

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
        topics = (self._topics(),) if act.page == "start" else ()
        introduction = self._disclosure.introduction(self._scene.notice) if act.page == "start" else ()
        return self._reply(*self._paragraphs(f"page_{act.page}"), *topics, *introduction)

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
