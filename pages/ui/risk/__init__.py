"""风险地图: levels and tiles."""
