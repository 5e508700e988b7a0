"""Charts of measured values: a heat map with a ranked dot plot, a curve, as SVG or as an offline page."""

from __future__ import annotations

from kg.views.charts.chart import Chart, Listed

__all__ = ["Chart", "Listed"]
