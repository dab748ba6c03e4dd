"""What the adapters make of what people send; without a broker."""
import email.message
import hashlib
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import email_imap
import wechat


def mail(text: str, html: str | None = None, **headers) -> email.message.EmailMessage:
    message = email.message.EmailMessage()
    for name, value in {"From": "Wang Min <Min@Example.com>", "Subject": "Leak", "Message-ID": "<1@example.com>",
                        **headers}.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message


class Mail(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())

    def report(self, message):
        return email_imap.report(bytes(message), self.folder)

    def test_own_words_end_where_others_begin(self):
        for head in ("On Mon, 16 Nov 2026 at 09:12, Service <s@example.com> wrote:", "在 2026年11月16日，客服写道：",
                     "-----Original Message-----", "发件人：客服 <s@example.com>", "-- "):
            self.assertEqual(email_imap.own_words(f"It leaks.\nSince noon.\n{head}\nHow are you?\n"),
                             "It leaks.\nSince noon.", head)
        self.assertEqual(email_imap.own_words("> quoted\nmine\n> quoted"), "mine")
        self.assertEqual(email_imap.own_words("On Monday it leaked, on Tuesday too."), "On Monday it leaked, on Tuesday too.")

    def test_a_mail_is_a_report(self):
        id, data = self.report(mail("It leaks.\n> before", Subject="Re: WO-20261121-000042 again"))
        self.assertEqual(id, "<1@example.com>")
        self.assertEqual(data["customer"], {"email": "min@example.com", "name": "Wang Min"})
        self.assertEqual(data["problem"], "Re: WO-20261121-000042 again\n\nIt leaks.")
        self.assertEqual(data["relatedWorkOrder"], "WO-20261121-000042")
        self.assertEqual(data["language"], "en")

    def test_html_alone_is_read_without_what_it_quotes(self):
        message = email.message.EmailMessage()
        message["From"], message["Subject"] = "min@example.com", "空调"
        message.set_content("<style>p{}</style><p>漏油</p><p>有异响</p><blockquote>旧邮件</blockquote>", subtype="html")
        id, data = self.report(message)
        self.assertEqual(data["problem"], "空调\n\n漏油\n有异响")
        self.assertEqual(data["language"], "zh-Hans")
        self.assertTrue(id.startswith("sha256-"))

    def test_old_chinese_encodings_are_read(self):
        raw = ("From: min@example.com\r\nSubject: =?gb2312?B?wqnTzQ==?=\r\nMessage-ID: <2@example.com>\r\n"
               "Content-Type: text/plain; charset=gb18030\r\nContent-Transfer-Encoding: 8bit\r\n\r\n").encode()
        _, data = email_imap.report(raw + "空调漏油".encode("gb18030"), self.folder)
        self.assertEqual(data["problem"], "漏油\n\n空调漏油")

    def test_an_encoding_that_does_not_exist_loses_no_mail(self):
        raw = b"From: min@example.com\r\nSubject: x\r\nContent-Type: text/plain; charset=klingon\r\n\r\nIt leaks"
        self.assertIn("It leaks", email_imap.report(raw, self.folder)[1]["problem"])

    def test_attachments_are_kept_once_and_named_by_their_hash(self):
        message = mail("See picture.")
        for name in ("a.jpg", "b.jpg"):
            message.add_attachment(b"\xff\xd8picture", maintype="image", subtype="jpeg", filename=name)
        _, data = self.report(message)
        first, second = data["attachments"]
        self.assertEqual(first, second)
        self.assertEqual(first["mediaType"], "image/jpeg")
        kept = [path for path in self.folder.rglob("*") if path.is_file()]
        self.assertEqual([path.read_bytes() for path in kept], [b"\xff\xd8picture"])
        self.assertEqual(kept[0].name, first["sha256"])
        self.assertEqual(first["dataref"], f"attachment:sha256/{first['sha256']}")

    def test_machines_are_not_answered(self):
        self.assertIsNone(self.report(mail("I am away", Auto_Submitted="auto-replied")))
        self.assertIsNone(self.report(mail("News", Precedence="bulk")))
        self.assertIsNone(self.report(mail("Bounced", From="Mail Delivery System")))


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
