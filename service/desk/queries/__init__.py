"""The queries behind the pages: functions that take a read-only connection."""
