#!/usr/bin/env python3
"""A web form for repair reports, in Chinese and English: GET / shows it, POST / takes it.

    MENDLOOP_AMQP_URL=amqp://… ./web_form.py --port 8088 --spool web.sqlite

The form carries an id of its own: pressing the button twice, or going back and sending it again, is one report."""
import argparse
import html
import os
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from mendloop_channel import ID, Channel, new_id
from mendloop_words import said

MOST_BYTES = 64 * 1024
SERVICES = {"repair": ("维修", "Repair"), "installation": ("安装", "Installation"),
            "maintenance": ("保养", "Maintenance"), "consultation": ("咨询", "Question")}
FIELDS = [("name", "姓名", "Name"), ("phone", "电话", "Telephone"), ("email", "邮箱", "E-mail"),
          ("serialNumber", "序列号", "Serial number"), ("category", "设备类别", "Kind of device"),
          ("brand", "品牌", "Brand"), ("address", "地址", "Address"), ("regionCode", "行政区划代码", "Region code")]


def language(header: str | None) -> str:
    return "zh-Hans" if (header or "zh").lower().lstrip().startswith("zh") else "en"


def page(language: str, body: str) -> bytes:
    title = "报修" if language == "zh-Hans" else "Report a fault"
    return (f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{title}</title>'
            f'<meta name="viewport" content="width=device-width"><h1>{title}</h1>{body}</html>').encode()


def form(language: str, values: dict[str, str], message: str = "") -> bytes:
    number = 0 if language == "zh-Hans" else 1
    def value(name): return html.escape(values.get(name, ""), quote=True)
    rows = [f'<p role="alert">{html.escape(message)}</p>'] if message else []
    rows += [f'<p><label>{names[number]}<br><input name="{name}" value="{value(name)}"></label>'
             for name, *names in FIELDS]
    options = "".join(
        f'<option value="{code}"{" selected" if code == values.get("serviceType") else ""}>{names[number]}'
        for code, names in SERVICES.items())
    rows.append(f'<p><label>{("服务类型", "Service")[number]}<br><select name="serviceType">{options}</select></label>')
    rows.append(f'<p><label>{("故障描述", "What is wrong?")[number]}<br>'
                f'<textarea name="problem" rows="5" cols="40">{value("problem")}</textarea></label>')
    rows.append(f'<input type="hidden" name="id" value="{value("id")}">')
    rows.append(f'<p><button>{("提交", "Send")[number]}</button>')
    return page(language, f'<form method="post">{"".join(rows)}</form>')


def report(values: dict[str, str], language: str) -> dict:
    """What the form says, as Mendloop takes it; what was left empty is absent."""
    def some(*names):
        return {name: values[name] for name in names if values.get(name)} or None
    data = {"externalId": values["id"], "customer": some("name", "phone", "email"),
            "device": some("serialNumber", "category", "brand"), "site": some("address", "regionCode"),
            "serviceType": values.get("serviceType"), "problem": values.get("problem"), "language": language}
    return {name: value for name, value in data.items() if value}


class Handler(BaseHTTPRequestHandler):
    channel: Channel
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if urllib.parse.urlparse(self.path).path != "/":
            return self.reply(404, page("en", "<p>There is nothing here."))
        self.reply(200, form(self.language, {"id": new_id()}))

    def do_POST(self):
        length = self.headers.get("Content-Length", "")
        if not length.isdigit():
            self.close_connection = True
            return self.reply(411, page("en", "<p>A length is required."))
        if int(length) > MOST_BYTES:
            self.close_connection = True
            return self.reply(413, page("en", f"<p>At most {MOST_BYTES} bytes."))
        sent = urllib.parse.parse_qs(self.rfile.read(int(length)).decode(errors="replace"), keep_blank_values=True)
        values = {name: texts[0].strip() for name, texts in sent.items()}
        if not ID.fullmatch(values.get("id", "")):
            return self.reply(422, form(self.language, {**values, "id": new_id()}))
        self.channel.say(values["id"], report(values, self.language))
        answer = self.channel.answer(values["id"], patience=5)
        text = said(answer, self.language)
        if answer and answer.get("errors") is not None:
            # What is corrected is another report.
            return self.reply(422, form(self.language, {**values, "id": new_id()}, text))
        self.reply(200 if answer else 202, page(self.language, f'<p role="status">{html.escape(text)}</p>'))

    @property
    def language(self) -> str:
        return language(self.headers.get("Accept-Language"))

    def reply(self, status: int, body: bytes):
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        """Paths and addresses are the customer's."""


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8088)
    parser.add_argument("--spool", default="web.sqlite")
    options = parser.parse_args()
    Handler.channel = Channel(os.environ["MENDLOOP_AMQP_URL"], "web", options.spool).start()
    server = ThreadingHTTPServer((options.host, options.port), Handler)
    print(f"http://{options.host}:{server.server_port}/", flush=True)
    server.serve_forever()
