"""The rules that knowledge must keep: one small function each, every problem reported together.

`SOUND` must hold before the bot starts; `COMPLETE` (how many phrasings, unused claims) is for `check` alone, so that a
small knowledge of one's own runs at once.
"""

from collections.abc import Callable, Iterator

from bot.knowledge.model import Knowledge
from bot.knowledge.problems import Problem
from bot.knowledge.rules import answers, links, quotas, quotes, tables, wording

Rule = Callable[[Knowledge], Iterator[Problem]]

SOUND: tuple[Rule, ...] = (
    links.citations_lead_somewhere,
    links.see_also_leads_somewhere,
    links.newer_claims_exist,
    links.facts_exist,
    links.facts_stand_once,
    links.implied_facts_exist,
    links.published_dates_exist,
    links.review_follows_the_review,
    links.links_are_web_addresses,
    tables.options_exist,
    tables.table_is_small_enough,
    tables.every_case_meets_one_outcome,
    tables.outcomes_can_be_reached,
    tables.facts_change_the_outcome,
    answers.sentences_are_cited,
    answers.one_sentence_an_item,
    answers.languages_cite_the_same,
    answers.changed_claims_have_notes,
    answers.texts_are_short_enough,
    answers.choice_codes_fit,
    wording.bot_says_all_in_its_languages,
    wording.placeholders_are_plain,
    wording.months_are_twelve,
    wording.commands_are_understood,
    wording.letters_are_latin,
    wording.phrasings_are_unique,
    wording.words_mean_one_thing,
    wording.options_are_told_apart,
)

COMPLETE: tuple[Rule, ...] = (
    quotas.entries_have_enough_phrasings,
    quotas.entries_have_enough_checks,
    quotas.checks_are_held_out,
    quotas.pairs_can_hold,
    quotas.claims_are_used,
    quotas.facts_are_used,
)


def broken_rules(knowledge: Knowledge, rules: tuple[Rule, ...]) -> list[Problem]:
    """All problems of all rules, in the order of files and lines."""
    problems = {problem for rule in rules for problem in rule(knowledge)}
    return sorted(problems, key=lambda problem: (problem.place.file, problem.place.line, problem.en))


__all__ = ["COMPLETE", "SOUND", "Rule", "broken_rules", "quotes"]
