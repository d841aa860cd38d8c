"""A style sheet that remembers which styles it found, because Textual looks for them again and again.

Textual matches the rules with a widget each time the widget, or anything around it, is mounted, shown or resized, gets
the focus or a class. What it finds depends on the rules for that kind of widget and on what these rules ask for: names
(types, ids, classes) and states (focus, disabled, dark) of the widget and of those around it. That is the key under
which the styles are kept here.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary

from textual.css.model import CombinatorType, RuleSet, Selector, SelectorSet, SelectorType
from textual.css.stylesheet import Stylesheet

if TYPE_CHECKING:
    from textual.css.styles import RulesMap
    from textual.dom import DOMNode

# States that depend on a widget's neighbours. Where a rule asks for one, nothing is remembered.
_OF_NEIGHBOURS = Stylesheet._EXCLUDE_PSEUDO_CLASSES_FROM_CACHE - {"focus-within"}

# States that all widgets share: the app tells them.
_OF_APP = frozenset({"dark", "light", "inline", "ansi", "nocolor"})

# What Textual's universal selector leaves out.
_ALWAYS = frozenset({".-textual-system"})

# So many styles are remembered at most.
MOST_KEPT = 5_000


@dataclass(frozen=True, eq=False)
class _Asked:
    """What the rules for a kind of widget ask for.

    `own` are the widget's names in the rules, `around` the names for which they ask the widgets around it. The states
    are those asked of the widget, of the widgets around it, and of the app.
    """

    rules: tuple[RuleSet, ...]
    own: frozenset[str]
    around: frozenset[str]
    own_states: tuple[str, ...]
    around_states: tuple[str, ...]
    app_states: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class _Found:
    """Styles, and what Textual notes at the widget about the rules for it."""

    styles: "RulesMap"
    hover: bool
    focus_within: bool


@dataclass
class Memory:
    """What was found: by what was asked, and by the names and states that answered."""

    asked: dict[tuple[Hashable, ...], _Asked] = field(default_factory=dict)
    found: dict[tuple[Hashable, ...], _Found] = field(default_factory=dict)
    names: dict[tuple[Hashable, ...], frozenset[str]] = field(default_factory=dict)

    def make_room(self) -> None:
        """Forget everything where it is much."""
        if len(self.found) >= MOST_KEPT:
            self.asked.clear()
            self.found.clear()
            self.names.clear()


class RememberingStylesheet(Stylesheet):
    """Gives every widget the styles that Textual's own style sheet gives it."""

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._memory = Memory()
        # Which styles a node has from here.
        self._given: WeakKeyDictionary[DOMNode, _Found] = WeakKeyDictionary()
        # What the rules, as they are now, ask of each kind of node.
        self._asked: dict[Hashable, _Asked | None] = {}
        self._asked_by: dict[str, list[RuleSet]] = {}
        self._order: dict[RuleSet, int] = {}

    def apply(
        self, node: "DOMNode", *, animate: bool = False, cache: "dict[tuple[Any, ...], RulesMap] | None" = None
    ) -> None:
        """Give a node its styles."""
        place = self._place(node)
        found = None if place is None else self._memory.found.get(place)
        if found is None:
            super().apply(node, animate=animate, cache=cache)
            self._remember(node, place)
        else:
            self._give(node, found, animate)

    def _remember(self, node: "DOMNode", place: "tuple[Hashable, ...] | None") -> None:
        self._given.pop(node, None)
        styles = cast("RulesMap", dict(node.styles.base._rules))
        # While styles go over into others by and by, they are not yet what they will be.
        if place is not None and "transitions" not in styles:
            self._memory.make_room()
            found = _Found(styles, node._has_hover_style, node._has_focus_within)
            self._memory.found[place] = self._given[node] = found

    def _give(self, node: "DOMNode", found: _Found, animate: bool) -> None:
        node._has_hover_style, node._has_focus_within = found.hover, found.focus_within
        node._has_order_style = node._has_odd_or_even = False
        if _restyle(node, found.styles) or not animate:
            node.notify_style_update()
        if self._given.get(node) is not found:
            self._process_component_classes(node)
            self._given[node] = found

    def _place(self, node: "DOMNode") -> "tuple[Hashable, ...] | None":
        """What the styles of a node depend on; None where they depend on more than the path to it."""
        asked = self._asked_of(node)
        if asked is None:
            return None
        path: list[Hashable] = [asked, _states(node, asked.own_states)]
        top = node
        while top._parent is not None:
            top = cast("DOMNode", top._parent)
            path.append(self._named(top, asked.around))
            if asked.around_states:
                path.append(_states(top, asked.around_states))
        path.append(_states(top, asked.app_states))
        return tuple(path)

    def _named(self, node: "DOMNode", asked: frozenset[str]) -> frozenset[str]:
        """Those of a node's names that are asked for."""
        key, names = (_kind(node), asked), self._memory.names
        if key not in names:
            names[key] = asked & node._selector_names
        return names[key]

    def _asked_of(self, node: "DOMNode") -> _Asked | None:
        """What the rules ask of a node and of those around it; None where they ask for its neighbours."""
        if self.rules_map is not self._asked_by:
            self._asked, self._asked_by = {}, self.rules_map
            self._order = {rule: place for place, rule in enumerate(self.rules)}
        kind = _kind(node)
        if kind not in self._asked:
            self._asked[kind] = self._look_up(node._selector_names)
        return self._asked[kind]

    def _look_up(self, names: set[str]) -> _Asked | None:
        found = {rule for name in self.rules_map.keys() & names for rule in self.rules_map[name]}
        rules = tuple(sorted(found, key=lambda rule: self._order.get(rule, 0)))
        own, around = _selectors(rules)
        own_states, around_states = _states_of(own), _states_of(around)
        if (own_states | around_states) & _OF_NEIGHBOURS:
            return None
        own_names = frozenset(_names_of(own) & names)
        key = (rules, own_names)
        if key not in self._memory.asked:
            self._memory.asked[key] = _Asked(
                rules,
                own_names,
                _names_of(around),
                tuple(own_states - _OF_APP),
                tuple(around_states - _OF_APP),
                tuple((own_states | around_states) & _OF_APP),
            )
        return self._memory.asked[key]


def _restyle(node: "DOMNode", styles: "RulesMap") -> bool:
    """Give a node styles in place of those it has. Says whether any is another."""
    base = node.styles.base
    if not base._rules and not node._is_mounted:
        # Nothing is drawn or laid out that would have to change with them.
        base._rules.update(styles)
        base._updates += 1
        node._nodes.updated()
        return True
    standing = base._rules
    changed = [name for name in standing.keys() | styles.keys() if standing.get(name) != styles.get(name)]
    for name in changed:
        setattr(base, name, styles.get(name))
    return bool(changed)


def _selectors(rules: Iterable[RuleSet]) -> tuple[list[Selector], list[Selector]]:
    """The selectors that the node itself must fit, and those for the nodes around it."""
    own: list[Selector] = []
    around: list[Selector] = []
    for selectors in (each for rule in rules for each in rule.selector_set):
        start = _start_of_last(selectors)
        around += selectors.selectors[:start]
        own += selectors.selectors[start:]
    return own, around


def _start_of_last(selectors: SelectorSet) -> int:
    start = len(selectors.selectors) - 1
    while start > 0 and selectors.selectors[start].combinator is CombinatorType.SAME:
        start -= 1
    return start


def _names_of(selectors: Iterable[Selector]) -> frozenset[str]:
    signs = {SelectorType.CLASS: ".", SelectorType.ID: "#"}
    return _ALWAYS.union(signs.get(selector.type, "") + selector.name for selector in selectors)


def _states_of(selectors: Iterable[Selector]) -> frozenset[str]:
    return frozenset(state for selector in selectors for state in selector.pseudo_classes)


def _kind(node: "DOMNode") -> Hashable:
    return type(node), node._id, frozenset(node._classes)


def _states(node: "DOMNode", names: tuple[str, ...]) -> tuple[bool, ...]:
    checks = cast("dict[str, Callable[[DOMNode], bool]]", node._PSEUDO_CLASSES)
    return tuple(name in checks and checks[name](node) for name in names)
