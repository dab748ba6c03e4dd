"""What the WeChat adapter makes of what people send; without a broker."""
import hashlib
import unittest
from datetime import timedelta

from support import DoorStandIn, answered, hash_of, kept, serve, spool

import wechat
import wechat_pictures
from mendloop_channel import MESSAGE, REPORT, NotTaken


class WeChat(unittest.TestCase):
    TEXT = (b"<xml><ToUserName>us</ToUserName><FromUserName>oX3kd</FromUserName><MsgType>text</MsgType>"
            b"<Content>\xe6\xbc\x8f\xe6\xb2\xb9</Content><MsgId>42</MsgId></xml>")

    def test_a_message_is_a_report(self):
        heard = wechat.message(self.TEXT)
        self.assertEqual(wechat.report(heard), {
            "externalId": "42", "customer": {"channelUserId": "oX3kd"}, "serviceType": "repair", "problem": "漏油",
            "language": "zh-Hans"})
        self.assertIn("<ToUserName>oX3kd</ToUserName>", wechat.answer(heard, "好").decode())

    def heard(self, id, kind="text", **members):
        return {"ToUserName": "us", "FromUserName": "oX3kd", "MsgType": kind, "MsgId": id, **members}

    def desk(self, pictures=None):
        wechat.PATIENCE = 0
        return wechat.Desk(spool(), pictures, timedelta(hours=24))

    def test_what_a_person_says_next_belongs_to_the_same_request(self):
        desk = self.desk()
        desk.take(self.heard("1", Content="空调漏油"))
        desk.take(self.heard("2", Content="还有异响"))
        desk.take(self.heard("2", Content="还有异响"))
        desk.take(self.heard("3", Content="催一下"))
        desk.take({**self.heard("4", Content="洗衣机不转"), "FromUserName": "another"})
        self.assertEqual([id for id, _, _ in kept(desk.channel)], ["1", "4"])
        answered(desk.channel, "1", requestId="r1", requestNumber="SR-1", workOrderNumber="WO-1", status="pending_dispatch")
        self.assertEqual(kept(desk.channel)[1:], [("2", MESSAGE, {
            "channel": "web", "kind": "addition", "text": "还有异响", "channelUserId": "oX3kd", "requestId": "r1"})])
        answered(desk.channel, "2", MESSAGE, requestId="r1", requestNumber="SR-1", workOrderNumber="WO-1", messages=1, status="assigned")
        self.assertEqual(kept(desk.channel)[1][2]["kind"], "reminder")
        self.assertEqual(desk.take(self.heard("2", Content="还有异响")), "已补充到 WO-1。如是另一处故障，请以“新报修”开头发送。")

    def test_a_conversation_ends(self):
        for change in ("word", "closed", "late"):
            desk = self.desk()
            desk.take(self.heard("1", Content="空调漏油"))
            answered(desk.channel, "1", requestId="r1", requestNumber="SR-1", status="closed" if change == "closed" else "assigned")
            if change == "late":
                desk.together = timedelta(seconds=-1)
            desk.take(self.heard("2", Content="新报修：冰箱不冷" if change == "word" else "冰箱不冷"))
            self.assertEqual([(command, data["problem"]) for _, command, data in kept(desk.channel)], [(REPORT, "冰箱不冷")], change)

    def test_after_a_refused_report_comes_another(self):
        desk = self.desk()
        desk.take(self.heard("1", Content="空调漏油"))
        desk.take(self.heard("2", Content="还有异响"))
        answered(desk.channel, "1", code="invalid-message", errors=[])
        self.assertEqual([(id, command) for id, command, _ in kept(desk.channel)], [("2", REPORT)])

    def test_a_place_is_said(self):
        desk = self.desk()
        place = {"Location_X": "39.92", "Location_Y": "116.44", "Label": "建国路 1 号"}
        self.assertEqual(wechat.report(self.heard("1", "location", **place))["site"], {
            "address": "建国路 1 号", "location": {"latitude": 39.92, "longitude": 116.44, "crs": "gcj02"}})
        self.assertEqual(wechat.addition(self.heard("1", "location", **place))["text"], "位置：建国路 1 号（39.92, 116.44）")
        self.assertEqual(desk.take(self.heard("1", "location", Location_X="nan", Location_Y="1")), wechat.UNREADABLE)

    def test_who_sends_what_is_not_taken_is_told(self):
        desk = self.desk()
        self.assertEqual(desk.take(self.heard("1", "video", MediaId="m")), wechat.UNREADABLE)
        self.assertEqual(desk.take(self.heard("2", "image", PicUrl="http://mmbiz.qpic.cn/1")), wechat.NO_PICTURES)
        self.assertIsNone(desk.take({"MsgType": "event", "Event": "subscribe", "FromUserName": "oX3kd", "ToUserName": "us"}))
        self.assertEqual(kept(desk.channel), [])

    def test_a_picture_goes_to_the_door_and_with_the_message(self):
        url = serve(self, {"/picture": (200, "image/jpeg", b"\xff\xd8"), "/page": (200, "text/html", b"<p>"),
                           "/away": (302, "text/plain", b""), "/gone": (404, "text/plain", b""),
                           "/large": (200, "image/png", bytes(wechat_pictures.MOST_BYTES + 1)),
                           "/broken": (503, "text/plain", b"")})
        door, desk = DoorStandIn(), self.desk()
        pictures = wechat_pictures.Pictures(desk.channel.spool, door, "127.0.0.1", desk.pass_on)
        desk.pictures = pictures
        desk.take(self.heard("1", Content="空调漏油"))
        answered(desk.channel, "1", requestId="r1", requestNumber="SR-1", status="assigned")
        with self.assertLogs("adapter", "WARNING"):
            for id, path in (("2", "/picture"), ("2", "/picture"), ("3", "/broken")):
                desk.take(self.heard(id, "image", PicUrl=url + path))
            self.assertEqual(pictures.work(), 1)
            # WeChat comes again, and so do we.
            desk.take(self.heard("2", "image", PicUrl=url + "/picture"))
            self.assertEqual(pictures.work(), 1)
        self.assertEqual(door.kept, [b"\xff\xd8"])
        (id, command, data), = kept(desk.channel)
        self.assertEqual((id, command, data["requestId"]), ("2", MESSAGE, "r1"))
        self.assertEqual(data["attachments"][0]["sha256"], hash_of(b"\xff\xd8"))
        for path in ("/page", "/away", "/gone", "/large"):
            self.assertRaises(NotTaken, wechat_pictures.fetch, url + path, "127.0.0.1")
        for foreign in ("file:///etc/hostname", "http://127.0.0.1/", "http://qpic.cn.example.com/", "http://[", "http://qpic.cn@127.0.0.1/"):
            self.assertRaises(NotTaken, wechat_pictures.fetch, foreign, "qpic.cn")

    def test_a_picture_that_cannot_be_had_is_said(self):
        desk = self.desk()
        pictures = wechat_pictures.Pictures(desk.channel.spool, DoorStandIn(), "qpic.cn", desk.pass_on)
        pictures.keep(self.heard("1", "image", PicUrl="http://elsewhere/"))
        pictures.keep({**self.heard("2", "image", PicUrl="http://elsewhere/"), "FromUserName": "oX3kd"})
        with self.assertLogs("adapter", "WARNING"):
            self.assertEqual(pictures.work(), 0)
        (id, command, data), = kept(desk.channel)
        self.assertEqual((id, command, "problem" in data), ("1", REPORT, False))
        answered(desk.channel, "1", requestId="r1", requestNumber="SR-1", status="incomplete")
        self.assertEqual(kept(desk.channel)[0][2]["text"], "（图片，未能接收）")

    def test_what_is_no_message_is_none(self):
        self.assertEqual(wechat.message(b"<xml><a>"), {})
        self.assertEqual(wechat.message(b'<!DOCTYPE x [<!ENTITY a "b">]><xml><a>&a;</a></xml>'), {})

    def test_only_wechat_knows_the_signature(self):
        # SHA-1 of "1", "2" and "token", sorted and joined.
        query = {"timestamp": ["1"], "nonce": ["2"], "signature": [hashlib.sha1(b"12token").hexdigest()]}
        self.assertTrue(wechat.is_genuine(query, "token"))
        self.assertFalse(wechat.is_genuine(query, "another"))
        self.assertFalse(wechat.is_genuine({}, "token"))


if __name__ == "__main__":
    unittest.main()
