"""The notebooks and the files that they read, so that ``entraide notebooks`` finds them in an installed package.

Nothing is computed here: notebooks use the public names of ``entraide`` and no others.
"""
