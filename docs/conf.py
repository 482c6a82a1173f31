"""How Sphinx builds the documentation site: see decision 72.

``sphinx-build -n -W --keep-going -c docs . build/site`` reads the whole repository, so that links between pages,
scripts and notebooks hold on the site as they do in the repository. Nothing is executed and nothing is fetched.
"""

from __future__ import annotations

import gc
import sys
from importlib.metadata import version as version_of
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "generators"))

# A site is built of millions of small objects that all stay until it is written: looking through them again and again
# for garbage took a fifth of the time.
gc.set_threshold(100_000)

project = "Entraide"
author = "The Entraide contributors"
project_copyright = author
version = release = version_of("entraide")
language = "en"
root_doc = "docs/index"

extensions = ["myst_nb", "numpydoc", "sphinx.ext.autodoc", "site_pages"]
include_patterns = [
    "docs/**",
    "notebooks/**",
    "benchmarks/README.md",
    "*.md",
]
exclude_patterns = ["**/.*", "build", "dist", "docs/_static"]

# Markdown: anchors as code hosts give them, and quotation marks as they were written (French has its own).
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 4
myst_links_external_new_tab = False
smartquotes = False

# Notebooks are shown as they are stored: the tests execute them, the site does not.
nb_execution_mode = "off"
nb_ipywidgets_js: dict[str, dict[str, str]] = {}

autodoc_typehints = "none"  # the docstrings say what a value is, with its unit
autodoc_member_order = "bysource"
numpydoc_show_class_members = False
numpydoc_class_members_toctree = False

html_theme = "furo"
html_title = f"Entraide {version}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
templates_path = ["_templates"]
html_additional_pages = {"index": "to_docs.html"}  # the home page is docs/index.html
html_copy_source = False
html_show_sphinx = False
# Pygments styles whose contrast is at least 4.5 on the theme's backgrounds, also in comments.
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
