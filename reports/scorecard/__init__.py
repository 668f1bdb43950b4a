"""月度计分卡 as one A4 page."""
