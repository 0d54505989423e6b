"""Personnel files in: CSV or Excel to hires and staff, every fault named before anything is written."""
