"""The one family of errors that a lecturer sees as a message instead of a traceback."""


class EpochreelError(Exception):
    """Something a user can mend: the message says what was found and what to do."""


class LectureError(EpochreelError):
    """A lecture file, or a `--set` on the command line, that cannot be used as it is."""


class RecordError(EpochreelError):
    """A record that is missing, damaged or of another schema, or a run that cannot be recorded."""


class RenderError(EpochreelError):
    """A film that cannot be drawn from this record with these words."""
