"""Reading a copied agreement: the document of the agreements service as values of the domain."""

from domain.agreement import Declaration, Status
from domain.agreement_payload import revision_from
from domain.codec import decode
from domain.identity import AgreementId

from reporting.ports import Agreed, Document


def agreed_from(document: Document) -> Agreed:
    """Give the agreement of a copied document."""
    told = document["agreement"]
    return Agreed(
        id=decode(AgreementId, told["id"]),
        status=Status(told["status"]),
        revision=revision_from({**told, "number": told["revision"]}),
        digest=document["digest"],
        declarations=tuple(decode(Declaration, declared) for declared in document["declarations"]),
    )
