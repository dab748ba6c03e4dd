"""The three adapters as processes of their own, against a running Mendloop; MENDLOOP_AMQP_URL and MENDLOOP_DOOR_URL say where it is,
MENDLOOP_TOKEN is an agent's. Each comes in by its own user where one is named: MENDLOOP_WEB_AMQP_URL, MENDLOOP_WECHAT_AMQP_URL,
MENDLOOP_EMAIL_AMQP_URL."""
import email.message
import hashlib
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request
import uuid

import pika

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
sys.path.insert(0, str(HERE))
from imap_stand_in import Mailbox
from mendloop_channel import Channel
from support import hash_of, serve

URL = os.environ["MENDLOOP_AMQP_URL"]
DOOR, TOKEN = os.environ["MENDLOOP_DOOR_URL"], os.environ["MENDLOOP_TOKEN"]
ORDER = re.compile(r"WO-\d{8}-\d{6}")
# Pictures, as far as the door looks at them.
PICTURES = [b"\xff\xd8\xff" + uuid.uuid4().bytes for _ in range(2)]
PATIENCE = 60


def address(channel: str) -> str:
    return os.environ.get(f"MENDLOOP_{channel.upper()}_AMQP_URL", URL)


def ask(query: str, data: dict) -> dict:
    """A query of Mendloop's, as docs/asyncapi.yaml lists them."""
    connection = pika.BlockingConnection(pika.URLParameters(URL))
    channel = connection.channel()
    answers = []
    channel.basic_consume("amq.rabbitmq.reply-to", lambda *delivery: answers.append(json.loads(delivery[3])), auto_ack=True)
    id = str(uuid.uuid4())
    event = {"specversion": "1.0", "id": id, "source": "/tools/test", "type": f"mendloop.{query}.v1", "data": data}
    channel.basic_publish("mendloop.queries", query, json.dumps(event).encode(), pika.BasicProperties(
        content_type="application/cloudevents+json", message_id=id, type=event["type"],
        reply_to="amq.rabbitmq.reply-to", correlation_id=id))
    until = time.monotonic() + PATIENCE
    while not answers and time.monotonic() < until:
        connection.process_data_events(time_limit=1)
    connection.close()
    return answers[0]["data"]


def requests() -> int:
    return sum(ask("intake.totals", {})["requestsByStatus"].values())


def messages(request: str) -> list[dict]:
    """What was said of a request since it was reported, the latest first."""
    return ask("intake.request-messages", {"requestId": request})["messages"]


def is_kept(content: bytes) -> bool:
    """Whether the door shows our people this file."""
    request = urllib.request.Request(f"{DOOR}/v1/attachments/{hash_of(content)}", headers={"Authorization": f"Bearer {TOKEN}"})
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        return json.load(answer)["dataref"] == f"urn:mendloop:attachment:{hash_of(content)}"


def until(what, patience: float = PATIENCE):
    """What it comes to, once it comes to something."""
    end = time.monotonic() + patience
    while not (found := what()):
        if time.monotonic() > end:
            raise AssertionError(f"nothing within {patience} s")
        time.sleep(0.1)
    return found


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Adapter:
    """One adapter's process; its first line says that it listens."""

    def __init__(self, program: str, *arguments: str, url: str, **environment: str):
        self.process = subprocess.Popen(
            [sys.executable, str(HERE.parent / program), *arguments], stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True, env={**os.environ, "MENDLOOP_AMQP_URL": url, **environment})
        self.address = self.process.stdout.readline().strip()

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()


def fetch(url: str, body: bytes | None = None, language: str = "en") -> tuple[int, str]:
    request = urllib.request.Request(url, body, {"Accept-Language": language})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


class Adapters(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())

    def spool(self, channel: str) -> Channel:
        return Channel(address(channel), channel, str(self.folder / f"{channel}.sqlite"))

    def start(self, program: str, *arguments: str, **environment) -> Adapter:
        adapter = Adapter(program, *arguments, **environment)
        self.addCleanup(lambda: adapter.process.poll() is None and adapter.kill())
        return adapter

    # The web form

    def form(self, url: str = address("web")) -> Adapter:
        return self.start("web_form.py", "--port", "0", "--spool", str(self.folder / "web.sqlite"), url=url)

    def fill(self, page: str, **values: str) -> bytes:
        id = re.search(r'name="id" value="([^"]+)"', page).group(1)
        return urllib.parse.urlencode({
            "id": id, "name": "王敏", "phone": "13800138001", "category": "Aircon/dehumidifier", "serviceType": "repair",
            "address": "北京市朝阳区建国路 1 号", "regionCode": "110105", "problem": "空调漏油", **values}).encode()

    def test_a_form_that_is_sent_twice_is_one_report(self):
        before, adapter = requests(), self.form()
        filled = self.fill(fetch(adapter.address)[1])
        first = fetch(adapter.address, filled)
        self.assertEqual(first[0], 200)
        self.assertEqual(ORDER.findall(fetch(adapter.address, filled, "zh-CN")[1]), ORDER.findall(first[1]))
        self.assertEqual(requests(), before + 1)

    def test_what_is_wrong_is_said_and_can_be_corrected(self):
        adapter = self.form()
        status, page = fetch(adapter.address, self.fill(fetch(adapter.address)[1], phone="12"), "zh-CN")
        self.assertEqual(status, 422)
        self.assertIn("请更正：电话：不是有效的电话号码。", page)
        status, page = fetch(adapter.address, self.fill(page))
        self.assertEqual((status, len(ORDER.findall(page))), (200, 1))

    def test_rubbish_is_refused_and_the_form_goes_on(self):
        adapter = self.form()
        self.assertEqual(fetch(adapter.address, b"x" * 70_000)[0], 413)
        self.assertEqual(fetch(adapter.address, b"\xff\xfe=%zz")[0], 422)
        # No broker takes it as a message's name.
        self.assertEqual(fetch(adapter.address, self.fill(fetch(adapter.address)[1], id="报" * 200))[0], 422)
        self.assertEqual(fetch(adapter.address + "admin")[0], 404)
        self.assertEqual(fetch(adapter.address)[0], 200)

    def test_what_was_taken_while_the_broker_was_away_survives_a_crash(self):
        nowhere = f"amqp://guest:guest@127.0.0.1:{free_port()}/"
        adapter = self.form(nowhere)
        filled = self.fill(fetch(adapter.address)[1])
        self.assertEqual(fetch(adapter.address, filled)[0], 202)
        adapter.kill()
        adapter = self.form()
        id = urllib.parse.parse_qs(filled.decode())["id"][0]
        answer = until(lambda: self.spool("web").answer(id))
        self.assertRegex(answer["workOrderNumber"], ORDER)
        # Now the customer, who pressed the button again, sees its number.
        self.assertIn(answer["workOrderNumber"], fetch(adapter.address, filled)[1])

    # WeChat

    def wechat(self, token: str) -> tuple[Adapter, str]:
        """The adapter, and an address that WeChat has signed."""
        adapter = self.start(
            "wechat.py", "--port", "0", "--spool", str(self.folder / "wechat.sqlite"), "--picture-host", "127.0.0.1",
            url=address("wechat"), MENDLOOP_WECHAT_TOKEN=token)
        signature = hashlib.sha1("".join(sorted([token, "1", "2"])).encode()).hexdigest()
        return adapter, f"{adapter.address}?timestamp=1&nonce=2&signature={signature}"

    def test_what_wechat_sends_three_times_is_one_work_order_and_what_follows_belongs_to_it(self):
        token, person = "a token", f"oX3kd-{uuid.uuid4()}"
        # A mini program told us before who he is and where.
        known = self.spool("wechat").start()
        known.say(f"mini-{person}", {
            "customer": {"channelUserId": person, "name": "王敏"}, "serviceType": "consultation", "serviceMode": "remote",
            "problem": "怎么清洗滤网", "site": {"address": "北京市朝阳区建国路 1 号", "regionCode": "110105"}})
        self.assertRegex(known.answer(f"mini-{person}", PATIENCE)["requestNumber"], "SR-")
        known.stop()
        adapter, url = self.wechat(token)
        self.assertEqual(fetch(url + "&echostr=hello"), (200, "hello"))
        self.assertEqual(fetch(url.replace("signature=", "signature=0"), b"<xml/>")[0], 403)

        def message(kind: str, content: str) -> tuple[str, bytes]:
            id = str(uuid.uuid4().int % 10**18)
            return id, (f"<xml><ToUserName>us</ToUserName><FromUserName>{person}</FromUserName><MsgType>{kind}</MsgType>"
                        f"{content}<MsgId>{id}</MsgId></xml>").encode()
        id, first = message("text", "<Content>空调漏油</Content>")
        before, answers = requests(), []
        redeliveries = [threading.Thread(target=lambda: answers.append(fetch(url, first))) for _ in range(3)]
        for redelivery in redeliveries:
            redelivery.start()
        for redelivery in redeliveries:
            redelivery.join()
        self.assertEqual([status for status, _ in answers], [200] * 3)
        until(lambda: self.spool("wechat").unanswered() == 0)
        adapter.kill()
        # What it knows of the conversation it knows when it comes back.
        adapter, url = self.wechat(token)
        numbers = {number for _, text in [*answers, fetch(url, first)] for number in ORDER.findall(text)}
        self.assertEqual(len(numbers), 1)
        pictures = serve(self, {"/1": (200, "image/jpeg", PICTURES[0])})
        said = [message("text", "<Content>还有异响</Content>"), message("image", f"<PicUrl>{pictures}/1</PicUrl>")]
        for _, body in [*said, *said]:
            self.assertEqual(fetch(url, body)[0], 200)
        for more, _ in said:
            answer = until(lambda: self.spool("wechat").answer(more))
            self.assertEqual({answer["workOrderNumber"]}, numbers)
        request = self.spool("wechat").answer(id)["requestId"]
        picture, text = messages(request)
        self.assertEqual((text["text"], picture["attachments"][0]["sha256"]), ("还有异响", hash_of(PICTURES[0])))
        self.assertTrue(is_kept(PICTURES[0]))
        self.assertEqual(requests(), before + 1)

    # E-mail

    def test_every_mail_is_one_report_answers_belong_to_it_and_machines_are_none(self):
        def mail(words="有异响\n\n在 2026年11月16日，客服写道：\n> 您好", **headers) -> bytes:
            message = email.message.EmailMessage()
            for name, value in {"From": "Min <min@example.com>", "Subject": "空调漏油", **headers}.items():
                message[name.replace("_", "-")] = value
            message.set_content(words)
            message.add_attachment(PICTURES[1], maintype="image", subtype="jpeg", filename="a.jpg")
            return bytes(message)
        ids = [f"<{uuid.uuid4()}@example.com>" for _ in range(4)]
        unreadable = b'From: "\r\n\r\nIt leaks'
        box = Mailbox([
            mail(Message_ID=ids[0]), mail(Auto_Submitted="auto-replied"), unreadable, mail(Message_ID=ids[1]),
            mail("谢谢", Message_ID=ids[2], In_Reply_To=ids[0]),
            # Somebody else's word about it is for an agent to read.
            mail("谢谢", Message_ID=ids[3], In_Reply_To=ids[0], From="another@example.com")])
        self.addCleanup(box.close)
        before = requests()
        arguments = ["--server", "127.0.0.1", "--port", str(box.port), "--user", "service", "--plain", "--every", "0.2",
                     "--spool", str(self.folder / "email.sqlite")]
        adapter = self.start("email_imap.py", *arguments, url=address("email"), MENDLOOP_IMAP_PASSWORD="secret")
        first, *_, other = [until(lambda: self.spool("email").answer(id)) for id in ids]
        until(lambda: len(box.seen) == len(box.mails))
        adapter.kill()
        # It died before it had marked them as read, and reads them again.
        box.seen.clear()
        self.start("email_imap.py", *arguments, url=address("email"), MENDLOOP_IMAP_PASSWORD="secret")
        until(lambda: len(box.seen) == len(box.mails))
        self.assertEqual(self.spool("email").unanswered(), 0)
        self.assertEqual(requests(), before + 3)
        self.assertEqual([message["text"] for message in messages(first["requestId"])], ["谢谢"])
        self.assertEqual(other["status"], "incomplete")
        self.assertEqual(set(box.failed), {unreadable})
        self.assertTrue(is_kept(PICTURES[1]))


if __name__ == "__main__":
    unittest.main()
