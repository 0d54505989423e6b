"""The archive of employees (员工电子档案)."""
