"""How contributed tasks become a service: one module per production kind, behind one contract."""
