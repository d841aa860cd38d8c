"""An example for the help page of each command. A test runs them one after another on the bundled plan.

The order matters: an example may need what an earlier one has recorded. This module is imported only for a help page.
"""

import re

# For each command with its full name: what a person types after `planner`.
EXAMPLES = {
    "init": "--db office.sqlite init",
    "demo": "demo --as-of 2020-03-02",
    "tui": "--plan beijing-2020 tui",
    "overview": "overview --as-of 2020-06-30",
    "my-week": "my-week --for economy-bureau",
    "findings": "findings --rank high --open",
    "findings accept": "findings accept measure-without-clause 'M1.01 in pre-merger' --until +3m --reason 'In work.'",
    "findings reopen": "findings reopen measure-without-clause 'M1.01 in pre-merger' --reason 'It was not found.'",
    "items": "items --theme 3 --schedule overdue",
    "show": "show T-001",
    "find": "find artificial intelligence",
    "timeline": "timeline --theme 1",
    "outlook": "outlook T-001 P-001",
    "views list": "views list",
    "views show": "views show health",
    "views delete": "views delete health",
    "plans": "plans",
    "whoami": "whoami",
    "doctor": "doctor",
    "completion": "completion bash --install",
    "keys": "keys --check",
    "update": "update T-001 --phase in_progress --percent 20 --done 'Terms agreed.' --as-of 2020-03-20",
    "milestone": "milestone T-001 1 --met 2020-03-12",
    "observe": "observe T-001 1 1 --as-of 2020-12-30",
    "undo": "undo --yes",
    "drafts list": "drafts list",
    "drafts show": "drafts show T-003",
    "drafts discard": "drafts discard T-003",
    "weekly": "weekly --week 2020-W14 -o week.html",
    "brief": "brief --week 2020-W14 -o brief.pdf",
    "weekly charts": "weekly charts --week 2020-W14 -o charts",
    "weekly compare": "weekly compare 2020-W14 2020-W15",
    "weekly issue": "weekly issue --week 2020-W14 --without-checkpoint -o issued",
    "weekly issues": "weekly issues",
    "weekly reissue": "weekly reissue 2020-W14 --verify",
    "chase": "chase --week 2020-W14 --by +3d -o messages",
    "sheets out": "sheets out --all --week 2020-W14 -o sheets",
    "sheets in": "sheets in sheets/*.xlsx --preview",
    "calendar": "calendar --theme 1 -o dates.ics",
    "confirm": "confirm T-002",
    "requests": "requests --as-of 2020-03-31",
    "answer": "answer T-008 'The city pays for two engineers.'",
    "extension ask": "extension ask T-010 --milestone 3 --to 2020-12-18 --reason 'The tender was repeated.'",
    "extension grant": "extension grant T-008 --milestone 3 --to 2020-12-18 --reason 'Agreed in the meeting.'",
    "extension refuse": "extension refuse T-009 --milestone 3 --to 2020-12-18 --reason 'The fair is in June.'",
    "return": "return T-003 --reason 'Please say what is next.'",
    "opinions": "opinions --as-of 2020-03-31",
    "assess": "assess T-011 --rating amber --reason 'Half of the lamps are dark.'",
    "due": "due T-004 --move 2021-01-29 --reason 'The tender was repeated.' --yes",
    "bulk": "bulk T-005 T-006 --phase in_progress --preview",
    "item add": "item add T-900 --title 'Open a test centre' --theme 5 --lead innovation-centre-office"
    " --due 2020-11-30 --kind task --reason 'Agreed in May.' --as-of 2020-05-04",
    "item add-milestone": "item add-milestone T-900 --title 'Site chosen' --due 2020-09-30 --reason 'Agreed.'",
    "item remove-milestone": "item remove-milestone T-900 1 --reason 'Entered twice.'",
    "item edit": "item edit T-001 --title 'A shorter title' --reason 'Agreed.'",
    "item move": "item move T-900 --theme 7 --reason 'It is about opening up.'",
    "item support": "item support T-900 --supporting economy-bureau --reason 'Agreed.'",
    "item split": "item split T-900 --part 'T-901=First hall' --part 'T-902=Second hall' --reason 'Two contracts.'",
    "item remove": "item remove T-902 --reason 'Entered by mistake.'",
    "theme list": "theme list",
    "theme add": "theme add --title 'Skills of the future' --reason 'Agreed.'",
    "theme rename": "theme rename 8 --title 'Skills' --reason 'Agreed.'",
    "theme move": "theme move Skills --inside 7 --reason 'Agreed.'",
    "theme merge": "theme merge 8 --into 7 --reason 'Agreed.'",
    "theme remove": "theme remove Skills --reason 'Made by mistake.'",
    "kind list": "kind list",
    "kind rename": "kind rename key_project --title 'Major project' --reason 'Agreed.'",
    "kind merge": "kind merge key_project --into task --reason 'Agreed.'",
    "indicator add": "indicator add T-001 --name 'Experts' --unit people --direction increase --reason 'Agreed.'",
    "target add": "target add T-001 2 --value 30 --due 2020-12-31 --reason 'Agreed.'",
    "target revise": "target revise T-001 2 --value 20 --due 2020-12-31 --reason 'Agreed.'",
    "indicator remove": "indicator remove T-001 2 --reason 'Entered twice.'",
    "organisation list": "organisation list --search economy",
    "organisation add": "organisation add port --name 'Port Office'",
    "organisation rename": "organisation rename port --name 'Port Authority' --reason 'New law.'",
    "organisation edit": "organisation edit port --address office@port.example --reason 'They wrote so.'",
    "organisation merge": "organisation merge port --into economy-bureau --reason 'New law.'",
    "organisation dissolve": "organisation dissolve kostec --lead economy-bureau --reason 'New law.'",
    "trace": "trace T-001",
    "clauses": "clauses duty-1",
    "matrix": "matrix",
    "links list": "links list M1.03",
    "links show": "links show M1.03:merged:duty-6",
    "links add": "links add T-001 --clause merged:duty-6 --type supports --coverage partial"
    " --rationale 'The clause is about health.'",
    "links review": "links review M1.03:merged:duty-6 --accept --yes",
    "links suggest": "links suggest --measures",
    "log": "log T-001",
    "verify": "verify",
    "evidence": "evidence T-001 -o evidence.zip",
    "checkpoint": "checkpoint --new-key signing.key",
    "export register": "export register -o register.xlsx",
    "export annotations": "export annotations -o citations.jsonld",
    "export oscal": "export oscal -o crosswalk.json",
    "export skos": "export skos -o links.jsonld",
    "sources list": "sources list",
    "sources attach": "sources attach texts/",
    "sources verify": "sources verify",
    "sources cite": "sources cite texts/plan.txt 'the phrase'",
    "mandate add": "mandate add duties.txt --key duties-2021",
    "mandate drafts": "mandate drafts",
    "mandate show": "mandate show duties-2021",
    "mandate review": "mandate review duties-2021 duty-1 --restate 'Look after the quays.'",
    "mandate row": "mandate row duties-2021 --from duty-2 --to duty-2 --lineage moved-to --relation equal-to"
    " --reason 'Only the words differ.'",
    "mandate drop": "mandate drop duties-2022 --reason 'The text was withdrawn.'",
    "mandate adopt": "mandate adopt duties-2021 --reason 'In force since January.'",
    "plan new": "plan new --title 'Beijing 2021' --key beijing-2021 --organisation municipal-government",
    "plan carry-over": "plan carry-over beijing-2020 beijing-2021 --dates shift --preview",
    "plan remove": "plan remove beijing-2021 --reason 'Made by mistake.'",
    "plan use": "plan use beijing-2020",
    "plan edit": "plan edit beijing-2020 --title 'Work plan 2020' --reason 'A shorter title.'",
    "plan close": "plan close beijing-2020 --reason 'The year is over.'",
    "plan reopen": "plan reopen beijing-2020 --reason 'A report came late.'",
    "import": "import items.csv --preview",
    "people list": "people list",
    "people add": "people add cleo --name 'Cleo Marsh' --role officer --organisation economy-bureau",
    "people change": "people change cleo --role manager --reason 'She leads the office now.'",
    "people give-items": "people give-items cleo --to brook --reason 'Cleo leaves in May.'",
    "people edit": "people edit cleo --address cleo@office.example --reason 'Asked for.'",
    "people leave": "people leave cleo --as-of '31 May' --reason 'She retires.'",
    "people come-back": "people come-back cleo --reason 'She is back.'",
    "clock show": "clock show",
    "clock accept": "clock accept --reason 'The computer was off for a month.'",
    "clock correct": "clock correct --reason 'The battery was empty.'",
    "redact": "redact 12 --field done --reason 'A private number.' --yes",
    "compact": "compact",
    "upgrade": "upgrade",
}

# The command whose example a group shows. A group that is not here shows an example of its own.
OF_GROUPS = {
    "item": "item edit",
    "extension": "extension ask",
    "indicator": "indicator add",
    "sheets": "sheets out",
    "theme": "theme list",
    "kind": "kind list",
    "views": "views list",
    "drafts": "drafts list",
    "target": "target add",
    "organisation": "organisation list",
    "links": "links list",
    "export": "export register",
    "sources": "sources list",
    "mandate": "mandate add",
    "plan": "plan new",
    "people": "people add",
    "clock": "clock show",
}

# How much of a line of 80 characters an example may take.
WIDTH = 76


def example_lines(name: str, width: int = WIDTH) -> str:
    """Return the example of a command as a help page shows it, or an empty text if the command has none.

    `name` is the full name of the command. An example that is longer than `width` is continued on further lines, as a
    shell reads it.
    """
    example = EXAMPLES.get(OF_GROUPS.get(name, name))
    if example is None:
        return ""
    lines = ["  planner"]
    for part in re.split(r" (?=-)", example):
        if len(lines[-1]) + len(part) + 1 > width:
            lines[-1] += " \\"
            lines.append("   ")
        lines[-1] += f" {part}"
    return "\n".join(lines)
