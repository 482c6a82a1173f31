"""Figures, verdict sentences, report and dashboard."""
