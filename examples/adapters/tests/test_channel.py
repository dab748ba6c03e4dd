"""The web form, and what all adapters share; without a broker."""
import json
import sqlite3
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor

from support import answered, kept, serve, spool

import web_form
from mendloop_channel import MESSAGE, REPORT, Channel, Door, NotTaken
from mendloop_words import said


class Form(unittest.TestCase):
    def test_what_was_left_empty_is_absent(self):
        values = {"id": "1", "name": "王敏", "phone": "", "problem": "漏油", "serviceType": "repair"}
        self.assertEqual(web_form.report(values, "zh-Hans"), {
            "externalId": "1", "customer": {"name": "王敏"}, "serviceType": "repair", "problem": "漏油",
            "language": "zh-Hans"})

    def test_what_people_type_is_no_markup(self):
        shown = web_form.form("en", {"id": "1", "problem": "</textarea><script>", "name": '"><b>'}).decode()
        self.assertNotIn("<script>", shown)
        self.assertNotIn("<b>", shown)

    def test_the_language_is_the_browsers(self):
        self.assertEqual([web_form.language(header) for header in (None, "zh-CN,zh;q=0.9", "en-GB", "de")],
                         ["zh-Hans", "zh-Hans", "en", "en"])


class Spool(unittest.TestCase):
    def test_the_same_id_is_the_same_message(self):
        channel = spool()
        channel.say("1", {"problem": "a"})
        channel.say("1", {"problem": "b"})
        self.assertEqual(channel.unanswered(), 1)
        self.assertIsNone(channel.answer("1"))

    def test_an_id_that_no_broker_takes_is_not_kept(self):
        for id in ("", "报" * 90, "x" * 201, "a b"):
            self.assertRaises(ValueError, spool().say, id, {})

    def test_what_no_screen_shows_is_left_out(self):
        channel = spool()
        channel.say("1", {"problem": "a\x00\ud800b\n", "site": {"address": "\x1bc"}, "attachments": ["\x07"]})
        self.assertEqual(kept(channel)[0][2], {"channel": "web", "problem": "ab\n", "site": {"address": "c"}, "attachments": [""]})

    def test_a_late_answer_to_what_became_a_report_changes_nothing(self):
        channel = spool()
        channel.say_more("1", {"workOrderNumber": "WO-1"}, {"problem": "a"})
        answered(channel, "1", MESSAGE, code="forbidden", errors=[])
        answered(channel, "1", MESSAGE, requestId="r0")
        self.assertEqual(kept(channel), [("1", REPORT, {"channel": "web", "problem": "a"})])
        answered(channel, "1", requestId="r1")
        self.assertEqual(channel.answer("1"), {"requestId": "r1"})

    def test_several_may_open_a_new_spool_at_once(self):
        for _ in range(20):
            file = f"{tempfile.mkdtemp()}/spool.sqlite"
            with ThreadPoolExecutor(8) as people:
                opened = [people.submit(Channel, "amqp://127.0.0.1:1", "web", file) for _ in range(8)]
            for channel in opened:
                self.assertEqual(channel.result().unanswered(), 0)

    def test_an_older_spool_is_read(self):
        path = tempfile.mkdtemp() + "/spool.sqlite"
        with sqlite3.connect(path) as file:
            file.execute("CREATE TABLE message (number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL,"
                         " command TEXT NOT NULL, said_at TEXT NOT NULL, data TEXT NOT NULL, answer TEXT)")
            file.execute("INSERT INTO message VALUES (1, 'a', ?, '2026-11-21T01:12:00.000Z', '{}', NULL)", (REPORT,))
        channel = Channel("amqp://nowhere", "web", path)
        channel.say_more("b", {}, {}, after="a")
        answered(channel, "a", requestId="r1")
        self.assertEqual(kept(Channel("amqp://nowhere", "web", path)), [("b", MESSAGE, {"channel": "web", "requestId": "r1"})])


class Files(unittest.TestCase):
    def keep(self, status, body, kind="image/jpeg"):
        return Door(serve(self, {"/v1/attachments": (status, "application/json", json.dumps(body).encode())})).keep(b"\xff\xd8", kind)

    def test_what_the_door_keeps_travels_by_its_name(self):
        taken = {"dataref": "urn:mendloop:attachment:00", "mediaType": "image/jpeg", "sha256": "00"}
        self.assertEqual(self.keep(200, {**taken, "bytes": 2, "link": "/v1/files/x"}), taken)

    def test_what_it_never_takes_differs_from_what_it_takes_later(self):
        for status, code in ((413, "too-large"), (415, "unsupported-media-type"), (422, "media-type-mismatch"), (503, "attachments-off")):
            self.assertRaises(NotTaken, self.keep, status, {"code": code})
        for status, code in ((429, "too-many-requests"), (503, "storage-away"), (507, "storage-full"), (200, "no door")):
            self.assertRaises(OSError, self.keep, status, {"code": code})
        self.assertRaises(OSError, Door("http://127.0.0.1:1").keep, b"", "image/jpeg")
        self.assertRaises(NotTaken, self.keep, 200, {}, "image/jpeg\r\nX: y")


class Words(unittest.TestCase):
    def test_a_customer_is_told_what_came_of_it(self):
        self.assertIn("WO-1", said({"workOrderNumber": "WO-1", "requestNumber": "SR-1"}, "en"))
        self.assertIn("SR-1", said({"requestNumber": "SR-1"}, "zh-Hans"))
        self.assertIn("on its way", said(None, "en"))
        self.assertEqual(said({"requestNumber": "SR-1", "messages": 2}, "en"), "Added to SR-1.")

    def test_what_is_wrong_is_said_in_words(self):
        problem = {"errors": [
            {"pointer": "/data/customer/phone", "code": "not-a-phone", "detail": "is no telephone number"},
            {"pointer": "/data/preferredWindows/0", "code": "empty-window", "detail": "ends before it starts"},
            {"pointer": "/data/answers/x", "code": "brand-new", "detail": "is too blue"}, {"pointer": "/data", "code": "type", "detail": ""}]}
        self.assertEqual(said(problem, "zh-Hans"), "请更正：电话：不是有效的电话号码；希望上门时间：结束早于开始；问卷：有误；内容：格式不对。")
        self.assertEqual(said(problem, "en"), "Please correct: telephone is no telephone number; preferred time ends before it begins; "
                         "questionnaire is too blue; what you sent has the wrong form.")
        self.assertEqual(said({"errors": [], "code": "forbidden", "title": "Not allowed"}, "zh-Hans"), "没有权限。")
        self.assertEqual(said({"errors": [], "code": "new", "title": "Not now"}, "zh-Hans"), "未能受理，请联系客服。")
        self.assertEqual(said({"errors": [], "code": "new", "title": "Not now"}, "en"), "Not now")


if __name__ == "__main__":
    unittest.main()
