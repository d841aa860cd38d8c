"""What all pages share: the base template, the style sheet, the security policy, and the loader of templates.

A page is one self-contained file. It loads nothing from the network and runs no scripts. The package of a page has its
own templates, which extend `base.html`, and its own part of the style sheet if it needs one.
"""
