"""The other end of a `Program` of the harness: one request a line of JSON, one answer a line."""

import json
import sys
import traceback


def answer_requests(respond):
    """Answers each line on stdin with what `respond` makes of it, until stdin ends."""
    for line in sys.stdin:
        try:
            answer = {"answer": respond(json.loads(line))}
        except Exception:
            answer = {"error": traceback.format_exc()}
        print("@bench " + json.dumps(answer), flush=True)
