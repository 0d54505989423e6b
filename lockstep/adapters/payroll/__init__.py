"""Payroll: the embedded ledger, its statements and their export."""
