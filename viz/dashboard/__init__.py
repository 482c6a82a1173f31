"""The dashboard: pages on which a policy analyst tests a participatory service before it is deployed."""
