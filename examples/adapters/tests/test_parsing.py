"""What the adapters make of what people send; without a broker."""
import hashlib
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import wechat


class WeChat(unittest.TestCase):
    TEXT = (b"<xml><ToUserName>us</ToUserName><FromUserName>oX3kd</FromUserName><MsgType>text</MsgType>"
            b"<Content>\xe6\xbc\x8f\xe6\xb2\xb9</Content><MsgId>42</MsgId></xml>")

    def test_a_message_is_a_report(self):
        heard = wechat.message(self.TEXT)
        self.assertEqual(wechat.report(heard), {
            "externalId": "42", "customer": {"channelUserId": "oX3kd"}, "serviceType": "repair", "problem": "漏油",
            "language": "zh-Hans"})
        self.assertIn("<ToUserName>oX3kd</ToUserName>", wechat.answer(heard, "好").decode())

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
