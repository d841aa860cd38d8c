"""Organisations and people, and the rules that derive facts from stated facts."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from planner.domain.vocabulary import OrganisationKind, Role, RuleKind
from planner.store.models.base import Base, Cited, Key, Word, cited_checks, not_blank, one_of


class Organisation(Cited, Base):
    """An organisation that a text names or that the office entered.

    `language` is that of the files that the office writes for it, such as `ko`. `mail_address` has the addresses to
    which it sends them, with ", " between two. Neither has a day from which it holds.
    """

    __tablename__ = "organisation"
    __table_args__ = (
        UniqueConstraint("key"),
        one_of("kind", OrganisationKind),
        CheckConstraint("(kind = 'other-name') = (same_as_id IS NOT NULL)", name="other_name_of_a_body"),
        not_blank("name"),
        *cited_checks(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Key)
    name: Mapped[str]
    short_name: Mapped[str] = mapped_column(Word)
    kind: Mapped[OrganisationKind]
    same_as_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    note: Mapped[str | None]
    language: Mapped[str | None] = mapped_column(Word)
    mail_address: Mapped[str | None]


class Person(Base):
    """A person who works with the register. `login` is their login on the operating system.

    When a person leaves, `active` becomes false and the row stays, because their records refer to the login. The mail
    address has no day from which it holds.
    """

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("login"), not_blank("name"), one_of("role", Role))

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(Key)
    name: Mapped[str]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    role: Mapped[Role] = mapped_column(server_default=Role.OFFICER.value)
    active: Mapped[bool] = mapped_column(server_default=text("true"))
    mail_address: Mapped[str | None]


class DerivationRule(Base):
    """A rule that derives facts from stated facts. A rule for leads names the organisation."""

    __tablename__ = "derivation_rule"
    __table_args__ = (
        UniqueConstraint("key"),
        one_of("kind", RuleKind),
        CheckConstraint("kind <> 'lead' OR organisation_id IS NOT NULL", name="lead_names_a_body"),
        not_blank("statement"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Key)
    kind: Mapped[RuleKind]
    statement: Mapped[str]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    clause_id: Mapped[int | None] = mapped_column(ForeignKey("clause.id"))
    citation_id: Mapped[int | None] = mapped_column(ForeignKey("citation.id"))
