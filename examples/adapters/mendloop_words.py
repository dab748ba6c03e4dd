"""What customers are told, in Chinese and English. Pointers and codes are for programs: here they are words."""

MEMBERS = {
    "answers": ("问卷", "questionnaire"),
    "attachments": ("附件", "attachment"),
    "contact": ("现场联系人", "contact on site"),
    "contact/extension": ("现场联系人分机号", "contact's extension"),
    "contact/name": ("现场联系人姓名", "contact's name"),
    "contact/phone": ("现场联系人电话", "contact's telephone"),
    "customer": ("联系方式", "telephone or e-mail"),
    "customer/customerNumber": ("客户编号", "customer number"),
    "customer/email": ("邮箱", "e-mail"),
    "customer/name": ("姓名", "name"),
    "customer/phone": ("电话", "telephone"),
    "device": ("设备", "device"),
    "device/brand": ("品牌", "brand"),
    "device/category": ("设备类别", "kind of device"),
    "device/model": ("型号", "model"),
    "device/purchasedOn": ("购买日期", "date of purchase"),
    "device/serialNumber": ("序列号", "serial number"),
    "faultCode": ("故障代码", "fault code"),
    "preferredWindows": ("希望上门时间", "preferred time"),
    "problem": ("故障描述", "what is wrong"),
    "relatedWorkOrder": ("相关工单号", "related work order"),
    "serviceType": ("服务类型", "service"),
    "site": ("地址", "address"),
    "site/accessNotes": ("进门说明", "how to get in"),
    "site/location": ("位置", "position"),
    "site/regionCode": ("行政区划代码", "region code"),
    "text": ("内容", "message"),
}
CODES = {
    "control-character": ("含有无法显示的字符", "holds characters that cannot be shown"),
    "empty-window": ("结束早于开始", "ends before it begins"),
    "in-future": ("晚于今天", "lies in the future"),
    "invalid": ("不正确", "is not right"),
    "not-a-date": ("不是有效日期", "is no date"),
    "not-a-media-type": ("文件类型不对", "is of no known kind"),
    "not-a-phone": ("不是有效的电话号码", "is no telephone number"),
    "not-a-region": ("不是行政区划代码", "is no region code"),
    "not-an-email": ("不是有效的邮箱地址", "is no e-mail address"),
    "not-digits": ("只能是数字", "may only hold digits"),
    "not-found": ("查不到", "is not known here"),
    "out-of-range": ("超出范围", "is out of range"),
    "required": ("请填写", "is missing"),
    "too-long": ("太长", "is too long"),
    "too-many": ("太多", "are too many"),
    "type": ("格式不对", "has the wrong form"),
    "unknown-value": ("没有此选项", "is no choice"),
    "unreachable": ("请至少填写一种", "is missing: one way to reach you is needed"),
}
TITLES = {
    "forbidden": "没有权限。",
    "idempotency-mismatch": "这份报修已提交过，请重新填写。",
    "not-found": "查不到您所说的工单。",
}


def complaint(error: dict, language: int) -> str:
    """What is wrong with one member; the pointer's beginning will do for what has no words of its own."""
    pointer = error["pointer"].removeprefix("/data").lstrip("/")
    while pointer and pointer not in MEMBERS:
        pointer = pointer.rpartition("/")[0]
    member = MEMBERS.get(pointer, ("内容", "what you sent"))[language]
    # More codes may come: in English their detail says what they mean.
    what = CODES.get(error.get("code"), ("有误", error["detail"]))[language]
    return f"{member}：{what}" if language == 0 else f"{member} {what}"


def said(answer: dict | None, language: str) -> str:
    """What to tell the customer about what he said."""
    chinese = language.startswith("zh")
    if answer is None:
        return ("已收到，正在登记，请稍后查询。" if chinese
                else "We have your report; its number is on its way.")
    if answer.get("errors") is not None:
        if answer["errors"]:
            wrong = [complaint(error, 0 if chinese else 1) for error in answer["errors"]]
            return f"请更正：{'；'.join(wrong)}。" if chinese else f"Please correct: {'; '.join(wrong)}."
        return TITLES.get(answer.get("code"), "未能受理，请联系客服。") if chinese else answer["title"]
    number = answer.get("workOrderNumber")
    if "messages" in answer:
        number = number or answer["requestNumber"]
        return f"已补充到 {number}。" if chinese else f"Added to {number}."
    if number:
        return f"已受理，工单号 {number}。" if chinese else f"Your work order is {number}."
    number = answer["requestNumber"]
    return (f"已收到，受理号 {number}，客服会与您联系补充信息。" if chinese
            else f"We have your report {number}; somebody will call you for what is missing.")
