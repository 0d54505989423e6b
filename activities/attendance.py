"""Attendance marks."""

from temporalio import activity

from lockstep.ports import Attendance, AttendanceMark


class AttendanceActivities:
    """The attendance system."""

    def __init__(self, attendance: Attendance) -> None:
        self._attendance = attendance

    @activity.defn
    def mark_attendance(self, mark: AttendanceMark) -> None:
        """Put the mark on the day, once."""
        self._attendance.mark(mark)
