"""All live versions at once, arranged once so that each check asks little.

Guarantee: every version is asked, whatever was typed; arranging them changes no answer, only how
many scopes are looked at to find it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from recalldesk.foundation.serial_form import SerialForm, normalise
from recalldesk.units.verdict.answer import RecallAnswer, Verdict
from recalldesk.units.verdict.known import KnownProduct, KnownVersion
from recalldesk.units.verdict.profiles import Joined, Owned, Probe, Profile
from recalldesk.units.verdict.scope import Scope

GENERIC_PREFIXES = ("S/N", "SN", "SERIAL", "SERIALNO", "SERIALNUMBER")
PUNCTUATION = ":.#"

Known = tuple[KnownVersion, KnownProduct]
Nearby = tuple[int, Scope, str]
"""A scope that may be within reach of a text: the place of its version, the scope, and the text as
it reads it."""
Folding = Callable[[str], str] | None
"""How a text is folded; None where nothing is."""
NumberedForm = tuple[int, Callable[[str], object]]
"""The number of a form, and what says whether a folded text has it."""
NOBODY = frozenset[str]()


@dataclass(frozen=True)
class Fitting:
    """The products that share the form of a text; what follows from that alone is kept."""

    products: tuple[Known, ...]

    @cached_property
    def recalls(self) -> frozenset[str]:
        """The recalls of these products."""
        return frozenset(version.recall for version, _ in self.products)

    @cached_property
    def in_doubt(self) -> frozenset[str]:
        """The recalls that may lack a serial of one of these products."""
        return frozenset(v.recall for v, product in self.products if v.is_in_doubt(product))

    @cached_property
    def any_may_be_made(self) -> bool:
        """Whether no list of all serials made speaks for one of these products."""
        return any(product.made is None for _, product in self.products)


@dataclass(frozen=True)
class LiveVersions:
    """The versions, in the order in which answers name them, and the indexes that join lists."""

    versions: tuple[KnownVersion, ...]
    joined: tuple[Joined, ...] = ()
    _fitting: dict[tuple[int, ...], "Fitting"] = field(default_factory=dict, compare=False)
    _answers: dict[tuple[frozenset[str], Verdict], tuple[RecallAnswer, ...]] = field(
        default_factory=dict, compare=False
    )

    @cached_property
    def profiles(self) -> tuple[Profile, ...]:
        """The ways in which their serials are read."""
        found: dict[object, list[Owned]] = {}
        for place, version in enumerate(self.versions):
            for number, scope in enumerate(version.scopes):
                member = (version.index_name, number) if scope.listed is not None else None
                found.setdefault(scope.form.profile, []).append(Owned(place, scope, member))
        return tuple(Profile(owned, self.joined) for owned in found.values())

    @cached_property
    def products(self) -> tuple[Known, ...]:
        """Every product, each with its version."""
        return tuple(
            (version, product) for version in self.versions for product in version.products
        )

    @cached_property
    def _forms(self) -> tuple[SerialForm, ...]:
        return tuple(dict.fromkeys(product.form for _, product in self.products))

    @cached_property
    def _by_folding(self) -> dict[int, tuple[tuple[Folding, tuple[NumberedForm, ...]], ...]]:
        """By length, the forms that a text may have, those together that fold alike."""
        found: dict[int, dict[object, tuple[Folding, tuple[NumberedForm, ...]]]] = {}
        for number, form in enumerate(self._forms):
            for length in range(form.shortest, form.longest + 1):
                alike = found.setdefault(length, {})
                _, others = alike.get(form.folding, (None, ()))
                alike[form.folding] = (form.folder, (*others, (number, form.matched)))
        return {length: tuple(alike.values()) for length, alike in found.items()}

    @cached_property
    def prefixes(self) -> tuple[str, ...]:
        """What may stand before a serial, the longest first."""
        own = {normalise(product.prefix) for _, product in self.products}
        return tuple(sorted({*own, *GENERIC_PREFIXES} - {""}, key=len, reverse=True))

    @cached_property
    def _beside_serials(self) -> tuple[str, ...]:
        """With what a text begins that does not begin with a serial."""
        return (*self.prefixes, *PUNCTUATION)

    @cached_property
    def with_rejected_lines(self) -> tuple[KnownVersion, ...]:
        """The versions of which a rejected line may name a unit of any product."""
        return tuple(version for version in self.versions if not version.rejected.is_empty)

    def in_doubt_by_lines(self, typed: str) -> frozenset[str]:
        """The recalls of which a rejected line may name the unit."""
        if not self.with_rejected_lines:
            return NOBODY
        return frozenset(v.recall for v in self.with_rejected_lines if v.rejected.may_hold(typed))

    def fitting(self, normalised: str) -> "Fitting":
        """The products whose serials have the form of the text."""
        fitting: list[int] = []
        for fold, forms_of_one_folding in self._by_folding.get(len(normalised), ()):
            folded = fold(normalised) if fold is not None else normalised
            for number, matched in forms_of_one_folding:
                if matched(folded):
                    fitting.append(number)
        forms = tuple(fitting)
        known = self._fitting.get(forms)
        if known is None:
            chosen = {self._forms[number] for number in forms}
            known = Fitting(tuple(known for known in self.products if known[1].form in chosen))
            self._fitting[forms] = known
        return known

    def readings_of(self, typed: str) -> list[str]:
        """The texts that may be the serial: first without a label such as "SN", then as typed."""
        if not typed.startswith(self._beside_serials):
            return [typed]
        bare = typed.lstrip(PUNCTUATION)
        without = [
            rest
            for prefix in self.prefixes
            if typed.startswith(prefix) and (rest := typed[len(prefix) :].lstrip(PUNCTUATION))
        ]
        return list(dict.fromkeys([*without, bare, typed]))

    @cached_property
    def _probes(self) -> dict[int, tuple[Probe, ...]]:
        found = _by_length(self.profiles, lambda profile: profile.lengths)
        return {length: tuple(p.probe for p in profiles) for length, profiles in found.items()}

    @cached_property
    def _profiles_reaching(self) -> dict[int, tuple[Profile, ...]]:
        return _by_length(self.profiles, lambda profile: profile.lengths_within_reach)

    def covering(self, reading: str) -> tuple[RecallAnswer, ...]:
        """What the versions say that cover the text."""
        found: list[int] = []
        for fold, joined, asked, traced in self._probes.get(len(reading), ()):
            folded = fold(reading) if fold is not None else reading
            for that_list, owners in joined:
                for (number,) in that_list(folded) or ():
                    owner = owners[number]
                    if owner is not None and owner[0](folded):
                        found.append(owner[1])
            for held, version in asked:
                if held(folded):
                    found.append(version)
            if traced is not None:
                found += traced(folded)
        if len(found) < 2:
            return self._covered_by[found[0]] if found else ()
        return tuple([self.versions[place].covers_it for place in sorted(set(found))])

    @cached_property
    def _covered_by(self) -> tuple[tuple[RecallAnswer], ...]:
        """What is said where one version alone covers a text."""
        return tuple((version.covers_it,) for version in self.versions)

    def near(self, reading: str) -> list[Nearby]:
        """The scopes that may be within reach."""
        found: list[Nearby] = []
        for profile in self._profiles_reaching.get(len(reading), ()):
            near = profile.near(reading)
            if near:
                folded = profile.form.fold(reading)
                found += [(owned.version, owned.scope, folded) for owned in near]
        return found

    def with_parts_near(self, printed: str, longest: int) -> list[Owned]:
        """The scopes that may hold something within reach of a part of the text, of so many
        characters at most."""
        found: list[Owned] = []
        for profile in self.profiles:
            if profile.shortest_within_reach <= longest:
                found += profile.with_parts_near(printed)
        return found

    def answers_of(self, recalls: frozenset[str], verdict: Verdict) -> tuple[RecallAnswer, ...]:
        """What these recalls say, in the order of the versions."""
        known = self._answers.get((recalls, verdict))
        if known is None:
            concerned = (v for v in self.versions if v.recall in recalls)
            known = tuple(RecallAnswer(v.recall, v.version, verdict) for v in concerned)
            self._answers[recalls, verdict] = known
        return known


def _by_length(
    profiles: Iterable[Profile], lengths_of: Callable[[Profile], Iterable[int]]
) -> dict[int, tuple[Profile, ...]]:
    found: dict[int, tuple[Profile, ...]] = {}
    for profile in profiles:
        for length in lengths_of(profile):
            found[length] = (*found.get(length, ()), profile)
    return found


def all_at_once(versions: Sequence[KnownVersion]) -> LiveVersions:
    """Versions with no joined index."""
    return LiveVersions(tuple(versions))
