"""月度计分卡: verdict, units, open items, the printed copy."""
