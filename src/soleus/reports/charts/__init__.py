"""Pictures of trends: one specification of a chart, drawn as SVG, as PNG and in the terminal."""
