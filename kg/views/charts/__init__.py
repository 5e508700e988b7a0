"""Charts of measured values: heat map with ranked dot plot, and curves, as SVG, PNG, PDF or offline page."""

from __future__ import annotations

from kg.views.charts.chart import Chart, Listed

__all__ = ["Chart", "Listed"]
