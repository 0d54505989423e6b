"""Attendance marks."""
