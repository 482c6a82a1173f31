"""A slow twin of the engine, in plain Python: one citizen, one task, one defect at a time.

It is written from the rules of the model, apart from the engine, with plain whole numbers and floats; NumPy appears
only where a column keeps 32-bit floats. Both must agree bit for bit, day after day. Shared with the engine, as each
is written once and tested by itself: the names of the streams, the polynomials of exponential, logarithm, normal
quantile and cosine, the declared parameters and the shape of a specification.

People's quantities are kept in the codes of their columns (a trust of 1/2 is 32,768 of 65,535), because rounding to
the code is part of the rule.
"""

from __future__ import annotations
