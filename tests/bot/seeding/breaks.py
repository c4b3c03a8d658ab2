"""What breaks each promise in the company's database: SQL as somebody with a shell on it might type."""

BREAKS: dict[str, tuple[str, str]] = {
    "I1 things and records": (
        "F-1",
        """
        DELETE FROM feedback WHERE number = 1;
        DELETE FROM things WHERE letter = 'B'
        """,
    ),
    "I1 state and owner": ("L-1", "UPDATE things SET owner = 'U0NOBODY' WHERE letter = 'L' AND number = 1"),
    "I1 numbers": (r"D up to \d+", "UPDATE counters SET last = 2 WHERE letter = 'D'"),
    "I1 parts": ("number 77", "UPDATE launch_votes SET launch = 77 WHERE number = 1"),
    "I1 words": ("number 2", "DELETE FROM decision_texts WHERE number = 2"),
    "I1 answers": (r"C-\d+ on \S+ by U0", "DELETE FROM checkin_answer_texts"),
    "I2 one end": (r"\S+ on 20", "UPDATE occurrences SET settled_at = NULL WHERE state = 'done'"),
    "I2 series": (
        "gone",
        """
        INSERT INTO series_people (workspace, series, person) VALUES ('T0NORTHWIND', 'gone', 'U0MAYA')
        """,
    ),
    "I2 left waiting": (
        "left on 2020-01-01",
        """
        INSERT INTO occurrences (workspace, series, local_date, recipient, zone, due_at, wake_at,
        tries, state) VALUES ('T0NORTHWIND', 'left', '2020-01-01', '', 'UTC',
        '2020-01-01 00:00:00.000000', '2020-01-01 00:00:00.000000', 0, 'waiting')
        """,
    ),
    "I2 left dates": (r"\S+ in \S+", "UPDATE series_zones SET due_at = '2020-01-01 00:00:00.000000'"),
    "I2 left rounds": (
        r"C-\d+ on 20",
        """
        UPDATE checkin_rounds SET state = 'open', closed_at = NULL, closes_at =
        '2020-01-01 00:00:00.000000' WHERE on_date = (SELECT min(on_date) FROM checkin_rounds)
        """,
    ),
    "I2 closed rounds": (r"C-\d+ on 20", "UPDATE checkin_rounds SET closed_at = NULL WHERE state <> 'open'"),
    "I2 left moves": (
        "L-2",
        """
        UPDATE launches SET tell_at = '2020-01-01 00:00:00.000000' WHERE number = 2
        """,
    ),
    "I2 left asks": (
        r"\S+",
        """
        UPDATE asks SET state = 'waiting', until = '2020-01-01 00:00:00.000000', delivered_at = NULL
        WHERE key = (SELECT min(key) FROM asks)
        """,
    ),
    "I3 keys": (r"the same \(\d+ times\)", "UPDATE outbox SET key = 'the same' WHERE state = 'sent'"),
    "I3 where": (
        r"outbox \S+",
        """
        UPDATE outbox SET ts = NULL WHERE id = (SELECT min(id) FROM outbox WHERE method =
        'chat.postMessage' AND state = 'sent')
        """,
    ),
    "I3 boards": (
        r"C0ONE 1\.1 \(\d+ boards\)",
        """
        UPDATE boards SET channel = 'C0ONE', ts = '1.1' WHERE place = 'message'
        """,
    ),
    "I3 asks": (
        r"\S+",
        """
        UPDATE asks SET state = 'sent', letter = NULL WHERE key = (SELECT max(key) FROM asks)
        """,
    ),
    "I4 drawn": (
        r"\S+",
        """
        UPDATE boards SET sent = wanted + 1 WHERE key = (SELECT min(key) FROM boards)
        """,
    ),
    "I4 about": (
        "L-99",
        """
        UPDATE boards SET about = 'L-99' WHERE key = (SELECT max(key) FROM boards)
        """,
    ),
    "I5 installed": (
        "settings",
        """
        INSERT INTO settings (workspace, name, value, set_at) VALUES ('TSTRANGER', 'x', '{}',
        '2020-01-01 00:00:00.000000')
        """,
    ),
    "I5 crossings": (
        "U0ELSEWHERE",
        """
        INSERT INTO installations (workspace, state, installed_at) VALUES ('TOTHER', 'active',
        '2020-01-01 00:00:00.000000');
        INSERT INTO people (workspace, id, name, kind, admin, zone) VALUES ('TOTHER', 'U0ELSEWHERE',
        'Else', 'member', false, 'UTC');
        UPDATE asks SET recipient = 'U0ELSEWHERE' WHERE key = (SELECT max(key) FROM asks)
        """,
    ),
    "I5 fences": ("links", "ALTER TABLE links DISABLE ROW LEVEL SECURITY"),
    "I6 replay": (
        "D-3 is withdrawn, its audit leads to decided|D-4 changed",
        """
        UPDATE decisions SET state = 'withdrawn' WHERE number = 3;
        UPDATE decisions SET version = version + 1 WHERE number = 4
        """,
    ),
    "I6 votes and answers": (
        r"[LC]-\d+: \d+ kept, \d+ in the audit",
        """
        DELETE FROM audit WHERE id = (SELECT min(id) FROM audit WHERE verb = 'checkin.answered')
        """,
    ),
    "I6 actors": (
        r"decision\.recorded",
        """
        UPDATE audit SET actor = NULL WHERE thing = 'D-5' AND verb = 'decision.recorded'
        """,
    ),
    "I7 in doubt": (
        r"outbox \S+ \(sending\)",
        """
        UPDATE outbox SET state = 'sending', lease_until = '2020-01-01 00:00:00.000000', ts = '1.2'
        WHERE id = (SELECT max(id) FROM outbox WHERE method = 'chat.postMessage' AND state = 'sent')
        """,
    ),
    "I7 past its time": (
        r"outbox \S+ \(unknown\)",
        """
        UPDATE outbox SET state = 'unknown', last_moment = '2020-01-01 00:00:00.000000', ts = '1.4'
        WHERE id = (SELECT max(id) FROM outbox WHERE method = 'chat.postMessage' AND state = 'sent')
        """,
    ),
    "I7 long in doubt": (
        r"outbox \S+ \(unknown\)",
        """
        UPDATE outbox SET state = 'unknown', first_sent_at = '2020-01-01 00:00:00.000000', ts = '1.3'
        WHERE id = (SELECT max(id) FROM outbox WHERE method = 'chat.postMessage' AND state = 'sent')
        """,
    ),
    "I8 said": (
        r"outbox \S+",
        """
        UPDATE outbox SET arguments = '{"text": "Hello"}' WHERE id = (SELECT max(id) FROM outbox WHERE
        method = 'chat.postMessage' AND state = 'sent')
        """,
    ),
    "I8 audit": (
        r"checkin\.started",
        """
        UPDATE audit SET details = '{"why": "they said so"}' WHERE verb = 'checkin.started'
        """,
    ),
    "schema": ("feedback: unique channel, message_ts, workspace", "DROP INDEX feedback_message"),
}
"""For each look something that breaks what it looks at, and what it has to say; done together, in this order."""
