"""What the e-mail adapter makes of what people send; without a broker."""
import email.message
import imaplib
import unittest

from imap_stand_in import Mailbox
from support import DoorStandIn, answered, hash_of, kept, spool

import email_imap
from mendloop_channel import MESSAGE, REPORT


def mail(text: str, html: str | None = None, **headers) -> email.message.EmailMessage:
    message = email.message.EmailMessage()
    for name, value in {"From": "Wang Min <Min@Example.com>", "Subject": "Leak", "Message_ID": "<1@example.com>",
                        **headers}.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message


class Mail(unittest.TestCase):
    def setUp(self):
        self.door = DoorStandIn()

    def read(self, message, door=True):
        raw = message if isinstance(message, bytes) else bytes(message)
        return email_imap.read(raw, self.door if door else None)

    def report(self, message):
        heard = self.read(message)
        return heard.id, heard.report

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
        _, data = self.report(raw + "空调漏油".encode("gb18030"))
        self.assertEqual(data["problem"], "漏油\n\n空调漏油")

    def test_an_encoding_that_does_not_exist_loses_no_mail(self):
        raw = b"From: min@example.com\r\nSubject: x\r\nContent-Type: text/plain; charset=klingon\r\n\r\nIt leaks"
        self.assertIn("It leaks", self.report(raw)[1]["problem"])

    def test_headers_in_plain_bytes_and_split_in_the_middle_of_a_character_are_read(self):
        raw = b"From: a@example.com\r\nSubject: %s\r\n\r\nx"
        self.assertEqual(self.report(raw % "漏油".encode("gbk"))[1]["problem"], "漏油\n\nx")
        # "漏油" in GB 2312, its four bytes cut after the first.
        self.assertEqual(self.report(raw % b"=?gb2312?B?wg==?= =?gb2312?B?qdPN?=")[1]["problem"], "漏油\n\nx")

    def test_control_characters_are_left_out(self):
        heard = self.read(mail("It\x00 leaks\x07.\tSince\nnoon"))
        self.assertEqual(heard.report["problem"], "Leak\n\nIt leaks.\tSince\nnoon")
        self.assertEqual(heard.more["text"], "It leaks.\tSince\nnoon")

    def test_a_mail_that_says_nothing_of_its_sender_is_put_aside_and_the_next_one_is_read(self):
        # Each made the standard library's newer mail policy fail: IndexError, AttributeError, IndexError.
        mails = [b'From: "\r\n\r\nIt leaks', b"From: .<\\=?utf-8?b?\r\n\r\nIt leaks",
                 b"From: a@example.com\r\nMessage-ID: <>[\t\r\n\r\nIt leaks", bytes(mail("It leaks"))]
        box, channel = Mailbox(mails), spool()
        self.addCleanup(box.close)
        with imaplib.IMAP4("127.0.0.1", box.port) as server, self.assertLogs("adapter", "ERROR") as log:
            server.login("service", "secret")
            email_imap.poll(server, channel, self.door)
            self.assertEqual(box.failed, mails[:2])
            self.assertEqual(box.seen, {0, 1, 2, 3})
            self.assertEqual([id for id, _, _ in kept(channel)], [f"sha256-{hash_of(mails[2])}", "<1@example.com>"])
            self.assertEqual(len(log.output), 2)
            # Where it cannot be put aside either, it stays unread.
            box.seen.clear()
            box.refuses_copies = True
            email_imap.poll(server, channel, self.door)
        self.assertEqual(box.seen, {2, 3})

    def test_an_answer_to_us_is_a_message_and_no_report(self):
        channel, order = spool(), "WO-20261121-000042"
        email_imap.say(self.read(mail("谢谢", Subject=f"Re: {order}")), channel)
        self.assertEqual(kept(channel), [("<1@example.com>", MESSAGE, {
            "channel": "web", "kind": "addition", "text": "谢谢", "channelUserId": "min@example.com", "workOrderNumber": order})])
        # It is somebody else's order: a person looks at it, so it does not say which service it wants.
        answered(channel, "<1@example.com>", MESSAGE, code="forbidden", errors=[])
        (id, command, data), = kept(channel)
        self.assertEqual((id, command, data["relatedWorkOrder"]), ("<1@example.com>", REPORT, order))
        self.assertNotIn("serviceType", data)

    def test_an_answer_is_known_by_the_mail_or_the_request_that_it_names(self):
        channel = spool()
        email_imap.say(self.read(mail("It leaks")), channel)
        email_imap.say(self.read(mail("Still", Message_ID="<2@example.com>", References="<1@example.com> <ours@example.org>",
                                      In_Reply_To="<ours@example.org>")), channel)
        # It waits for the request's id.
        self.assertEqual([id for id, _, _ in kept(channel)], ["<1@example.com>"])
        answered(channel, "<1@example.com>", requestId="r1", requestNumber="SR-20261121-000001")
        email_imap.say(self.read(mail("And loud", Message_ID="<3@example.com>", Subject="Re: SR-20261121-000001")), channel)
        email_imap.say(self.read(mail("What", Message_ID="<4@example.com>", Subject="Re: SR-20261121-000002")), channel)
        said = kept(channel)
        self.assertEqual([(id, command, data.get("requestId"), data.get("text")) for id, command, data in said[:2]],
                         [("<2@example.com>", MESSAGE, "r1", "Still"), ("<3@example.com>", MESSAGE, "r1", "And loud")])
        # A request that this adapter did not report is for a person to find.
        self.assertEqual(said[2][:2], ("<4@example.com>", REPORT))
        self.assertNotIn("serviceType", said[2][2])

    def test_attachments_are_kept_by_the_door(self):
        message = mail("See picture.")
        message.add_attachment(b"\xff\xd8picture", maintype="image", subtype="jpeg", filename="a.jpg")
        message.add_attachment(b"\xff\xd8another", maintype="application", subtype="octet-stream", filename="b.jpg")
        heard = self.read(message)
        self.assertEqual(self.door.kept, [b"\xff\xd8picture", b"\xff\xd8another"])
        self.assertEqual([file["dataref"] for file in heard.report["attachments"]],
                         [f"urn:mendloop:attachment:{hash_of(content)}" for content in self.door.kept])
        self.assertEqual({file["mediaType"] for file in heard.report["attachments"]}, {"image/jpeg"})
        self.assertEqual(heard.more["attachments"], heard.report["attachments"])

    def test_attachments_that_are_not_kept_are_named(self):
        message = mail("见附件")
        message.add_attachment(b"PK", maintype="application", subtype="zip", filename="日志.zip")
        message.add_attachment(mail("Forwarded"))
        self.assertEqual(self.read(message).report["problem"], "Leak\n\n见附件\n\n（未转交的附件：日志.zip, message/rfc822）")
        message = mail("x" * 9_000)
        message.add_attachment(b"\xff\xd8picture", maintype="image", subtype="jpeg", filename="a.jpg")
        problem = self.read(message, door=False).report["problem"]
        self.assertEqual(len(problem), 8_000)
        self.assertTrue(problem.endswith("(Attachments that were not passed on: a.jpg)"))

    def test_a_mail_waits_for_the_door(self):
        message = mail("See picture.")
        message.add_attachment(b"\xff\xd8picture", maintype="image", subtype="jpeg", filename="a.jpg")
        box, channel = Mailbox([bytes(message), bytes(mail("It leaks", Message_ID="<2@example.com>"))]), spool()
        self.addCleanup(box.close)
        with imaplib.IMAP4("127.0.0.1", box.port) as server, self.assertLogs("adapter", "WARNING"):
            server.login("service", "secret")
            self.door.is_away = True
            email_imap.poll(server, channel, self.door)
            self.assertEqual((box.seen, box.failed), ({1}, []))
            self.door.is_away = False
            email_imap.poll(server, channel, self.door)
        self.assertEqual([id for id, _, _ in kept(channel)], ["<2@example.com>", "<1@example.com>"])

    def test_machines_are_not_answered(self):
        self.assertIsNone(self.read(mail("I am away", Auto_Submitted="auto-replied")))
        self.assertIsNone(self.read(mail("News", Precedence="bulk")))
        # Who does not say whom he is may still be a person.
        self.assertRaises(ValueError, self.read, mail("Bounced", From="Mail Delivery System"))


if __name__ == "__main__":
    unittest.main()
