"""What a reader takes for one source under an answer: a law by its provision, any other document as a whole."""

from bot.knowledge.model import Knowledge, Reference


def mark_of(knowledge: Knowledge, reference: Reference) -> tuple[str, str]:
    """What claims with the same number have in common; KeyError if the reference dangles.

    A passage with a page of its own is a document of its own: two links must not look the same.
    """
    source, claim = knowledge.sources[reference.source], knowledge.claim(reference)
    if claim.provision is not None:
        return source.id, claim.locator.de
    return source.id, claim.url.de or claim.url.en if claim.url else ""
