"""A style sheet that caches the styles it computes, because Textual computes the same styles many times.

Textual matches its rules against a widget each time that the widget, or a widget around it, is mounted, shown, hidden
or resized, or gains the focus or a class. The result depends on the rules for that kind of widget and on what those
rules refer to: the names (types, ids, classes) and states (focus, disabled, dark) of the widget and of its ancestors.
These together are the key of the cache.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary

from textual.cache import LRUCache
from textual.css.model import CombinatorType, RuleSet, Selector, SelectorSet, SelectorType
from textual.css.stylesheet import Stylesheet

if TYPE_CHECKING:
    from textual.css.styles import RulesMap
    from textual.dom import DOMNode

# States that depend on a widget's siblings. The styles of a widget are not cached if a rule refers to one of these.
_SIBLING_STATES = Stylesheet._EXCLUDE_PSEUDO_CLASSES_FROM_CACHE - {"focus-within"}

# States of the app as a whole, which are the same for every widget.
_APP_STATES = frozenset({"dark", "light", "inline", "ansi", "nocolor"})

# The class that Textual's universal selector excludes, so it affects every widget's styles.
_SYSTEM_CLASS = frozenset({".-textual-system"})

# The largest number of cached styles. When it is reached, the cache is cleared.
MOST_KEPT = 5_000


@dataclass(frozen=True, eq=False)
class _RuleNeeds:
    """The names and states that the rules for one kind of widget refer to.

    `own` are names of the widget itself, and `around` are names of its ancestors. `own_states`, `around_states` and
    `app_states` are states of the widget, of its ancestors and of the app.
    """

    rules: tuple[RuleSet, ...]
    own: frozenset[str]
    around: frozenset[str]
    own_states: tuple[str, ...]
    around_states: tuple[str, ...]
    app_states: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class _CachedStyles:
    """The styles of a widget, with the flags that Textual sets on the widget while it applies the rules."""

    styles: "RulesMap"
    hover: bool
    focus_within: bool


@dataclass
class Memory:
    """The cache of the style sheet: the computed styles, and the data from which the keys are made."""

    needs: dict[tuple[Hashable, ...], _RuleNeeds] = field(default_factory=dict)
    found: dict[tuple[Hashable, ...], _CachedStyles] = field(default_factory=dict)
    names: dict[tuple[Hashable, ...], frozenset[str]] = field(default_factory=dict)

    def make_room(self) -> None:
        """Clear the cache if it has reached its largest size."""
        if len(self.found) >= MOST_KEPT:
            self.needs.clear()
            self.found.clear()
            self.names.clear()


class RememberingStylesheet(Stylesheet):
    """A style sheet that gives the same styles as Textual's own, and takes them from a cache if possible."""

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._memory = Memory()
        # The rules that were parsed with each set of variables, one for each colour theme that was shown.
        self._parsed: dict[frozenset[tuple[str, str]], LRUCache[tuple[Any, ...], list[RuleSet]]] = {}
        # The cached styles that were last applied to each node.
        self._applied: WeakKeyDictionary[DOMNode, _CachedStyles] = WeakKeyDictionary()
        # What the current rules need to know about each kind of node.
        self._needs: dict[Hashable, _RuleNeeds | None] = {}
        self._needs_rules_map: dict[str, list[RuleSet]] = {}
        self._order: dict[RuleSet, int] = {}

    def set_variables(self, variables: dict[str, str]) -> None:
        """Set the variables of the style sheet. The rules that were parsed with the same variables are used again."""
        if variables != self._variables:
            parsed, self._parse_cache = self._parse_cache, LRUCache(self._parse_cache.maxsize)
            self._parsed[frozenset(self._variables.items())] = parsed
            super().set_variables(variables)
            self._parse_cache = self._parsed.get(frozenset(variables.items()), self._parse_cache)

    def reparse(self) -> None:
        """Parse the style sheets again, except those whose rules are kept.

        Textual does this in a new style sheet, which keeps no rules.
        """
        self.parse()

    def apply(
        self, node: "DOMNode", *, animate: bool = False, cache: "dict[tuple[Any, ...], RulesMap] | None" = None
    ) -> None:
        """Apply the styles of a node, from the cache if they are there."""
        key = self._styles_key(node)
        # docs/decisions/0095: matching the rules was a quarter of the app's work.
        found = None if key is None else self._memory.found.get(key)
        if found is None:
            super().apply(node, animate=animate, cache=cache)
            self._remember(node, key)
        else:
            self._apply_cached(node, found, animate)

    def _remember(self, node: "DOMNode", key: "tuple[Hashable, ...] | None") -> None:
        self._applied.pop(node, None)
        styles = cast("RulesMap", dict(node.styles.base._rules))
        # During a transition, the styles are intermediate values, so they are not cached.
        if key is not None and "transitions" not in styles:
            self._memory.make_room()
            found = _CachedStyles(styles, node._has_hover_style, node._has_focus_within)
            self._memory.found[key] = self._applied[node] = found

    def _apply_cached(self, node: "DOMNode", found: _CachedStyles, animate: bool) -> None:
        node._has_hover_style, node._has_focus_within = found.hover, found.focus_within
        node._has_order_style = node._has_odd_or_even = False
        if _restyle(node, found.styles) or not animate:
            node.notify_style_update()
        if self._applied.get(node) is not found:
            self._process_component_classes(node)
            self._applied[node] = found

    def _styles_key(self, node: "DOMNode") -> "tuple[Hashable, ...] | None":
        """Return the cache key of a node, or None if the styles depend on more than the node and its ancestors."""
        needs = self._needs_of(node)
        if needs is None:
            return None
        path: list[Hashable] = [needs, _states(node, needs.own_states)]
        top = node
        while top._parent is not None:
            top = cast("DOMNode", top._parent)
            path.append(self._relevant_names(top, needs.around))
            if needs.around_states:
                path.append(_states(top, needs.around_states))
        path.append(_states(top, needs.app_states))
        return tuple(path)

    def _relevant_names(self, node: "DOMNode", needs: frozenset[str]) -> frozenset[str]:
        """Return the names of a node that the rules refer to."""
        key, names = (_kind(node), needs), self._memory.names
        if key not in names:
            names[key] = needs & node._selector_names
        return names[key]

    def _needs_of(self, node: "DOMNode") -> _RuleNeeds | None:
        """Return what the rules need to know about a node. Return None if they refer to its siblings too."""
        if self.rules_map is not self._needs_rules_map:
            self._needs, self._needs_rules_map = {}, self.rules_map
            self._order = {rule: number for number, rule in enumerate(self.rules)}
        kind = _kind(node)
        if kind not in self._needs:
            self._needs[kind] = self._look_up(node._selector_names)
        return self._needs[kind]

    def _look_up(self, names: set[str]) -> _RuleNeeds | None:
        found = {rule for name in self.rules_map.keys() & names for rule in self.rules_map[name]}
        rules = tuple(sorted(found, key=lambda rule: self._order.get(rule, 0)))
        own, around = _selectors(rules)
        own_states, around_states = _states_of(own), _states_of(around)
        if (own_states | around_states) & _SIBLING_STATES:
            return None
        own_names = frozenset(_names_of(own) & names)
        key = (rules, own_names)
        if key not in self._memory.needs:
            self._memory.needs[key] = _RuleNeeds(
                rules,
                own_names,
                _names_of(around),
                tuple(own_states - _APP_STATES),
                tuple(around_states - _APP_STATES),
                tuple((own_states | around_states) & _APP_STATES),
            )
        return self._memory.needs[key]


def _restyle(node: "DOMNode", styles: "RulesMap") -> bool:
    """Replace the styles of a node. Return whether any style changed."""
    base = node.styles.base
    if not base._rules and not node._is_mounted:
        # The node is not mounted yet, so nothing has to be drawn or laid out again.
        base._rules.update(styles)
        base._updates += 1
        node._nodes.updated()
        return True
    current = base._rules
    changed = [name for name in current.keys() | styles.keys() if current.get(name) != styles.get(name)]
    for name in changed:
        setattr(base, name, styles.get(name))
    return bool(changed)


def _selectors(rules: Iterable[RuleSet]) -> tuple[list[Selector], list[Selector]]:
    """Return the selectors that the node itself must match, and those that its ancestors must match."""
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
    return _SYSTEM_CLASS.union(signs.get(selector.type, "") + selector.name for selector in selectors)


def _states_of(selectors: Iterable[Selector]) -> frozenset[str]:
    return frozenset(state for selector in selectors for state in selector.pseudo_classes)


def _kind(node: "DOMNode") -> Hashable:
    return type(node), node._id, frozenset(node._classes)


def _states(node: "DOMNode", names: tuple[str, ...]) -> tuple[bool, ...]:
    checks = cast("dict[str, Callable[[DOMNode], bool]]", node._PSEUDO_CLASSES)
    return tuple(name in checks and checks[name](node) for name in names)
