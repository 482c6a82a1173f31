"""What other people's batch runners need to drive the model: Mesa's ``batch_run`` and the EMA workbench."""
