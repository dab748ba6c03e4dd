import DomainContracts

/// Problems in words. Services word theirs in English; here the same is said in Chinese, by code.
enum ProblemWords {
    static func put(_ problem: Problem, into language: Language) -> Problem {
        guard language == .chinese else { return problem }
        var worded = problem
        worded.title = titles[problem.code] ?? problem.title
        worded.errors = problem.errors.map { error in
            let words = members[error.code].map { "\($0)（\(error.detail)）" } ?? error.detail
            return FieldProblem(error.pointer, error.code, words)
        }
        return worded
    }

    /// By a problem's code.
    static let titles = [
        "already-accepted": "该派工已被接受",
        "already-assigned": "已派给此人；改时间请用改约",
        "already-merged": "该客户已合并",
        "assignment-over": "该上门服务已结束",
        "attachments-off": "此处不接收文件",
        "calendar-changed": "该工作日历已被他人修改",
        "customers-own-contact": "客户本人的联系方式请在客户资料中修改",
        "engineer-away": "工程师届时请假",
        "follow-up-not-open": "该回访已处理",
        "forbidden": "没有权限",
        "idempotency-mismatch": "同一编号已用于另一条消息",
        "internal-error": "系统出错",
        "invalid-message": "内容有误",
        "maintenance-plan-changed": "该维保计划已被他人修改",
        "media-type-mismatch": "文件内容与所称类型不符",
        "method-not-allowed": "不支持此方法",
        "more-than-in-hand": "超过手中现金",
        "more-than-issued": "超过已领数量",
        "no-answer": "服务暂无响应",
        "no-free-time": "近期没有空闲时间，请指定时段",
        "nobody-assigned": "尚无工程师接单",
        "nobody-needed": "该工单目前不需要派人",
        "not-accepted": "该派工尚未被接受",
        "not-found": "不存在",
        "not-merged": "该客户没有合并过",
        "no-probable-duplicate": "该工单未标为疑似重复",
        "not-merged-order": "该工单没有被合并",
        "range-not-satisfiable": "文件没有所要求的部分",
        "request-settled": "该服务请求已处理",
        "nothing-booked": "该工单尚未预约",
        "notification-delivered": "该通知已送达",
        "number-differs": "合同编号不能更改",
        "number-taken": "合同编号已被占用",
        "offer-declined": "该派工已被拒绝",
        "offer-expired": "该派工已超时",
        "offer-pending": "等待工程师接单，之后才能改约",
        "offer-withdrawn": "该派工已撤回",
        "payment-differs": "同一编号已登记另一笔款项",
        "questionnaire-changed": "该问卷已被他人修改",
        "read-models-away": "暂时无法查询，指令照常执行",
        "receipt-differs": "该入库单已登记其他物料",
        "report-not-awaiting": "该工单没有待确认的服务报告",
        "report-not-current": "待确认的是另一份服务报告",
        "request-not-incomplete": "该服务请求不是待完善状态",
        "return-differs": "该退库单已登记其他备件",
        "rules-changed": "派工规则已被他人修改",
        "rules-unreadable": "现行派工规则来自更新的版本",
        "service-levels-changed": "服务级别已被他人修改",
        "slot-taken": "该时段已被占用",
        "stock-limit": "库存数量超出上限",
        "storage-away": "文件存储暂不可用",
        "storage-full": "存储空间已满",
        "target-not-open": "目标工单已不能合并",
        "too-large": "内容过大",
        "too-many-requests": "请求过于频繁",
        "unauthorized": "需要有效的登录令牌",
        "unavailable": "消息服务暂不可用",
        "undecodable": "内容无法读取",
        "unsupported-media-type": "内容必须是 JSON",
        "version-mismatch": "数据已被他人修改",
        "window-past": "该时段已过去",
        "work-order-closed": "工单已结束",
        "work-order-on-hold": "工单已挂起",
    ]

    /// By the code of what is wrong with one member.
    private static let members = [
        "another-customer": "属于其他客户",
        "contract-ended": "合同已到期",
        "control-character": "含有控制字符",
        "duplicate": "重复",
        "empty-window": "时段为空",
        "format": "格式不正确",
        "forbidden": "不允许",
        "invalid": "无效",
        "length": "长度不符",
        "never-due": "永不到期",
        "not-a-date": "不是日期",
        "not-a-hash": "不是哈希值",
        "not-a-language": "不是语言代码",
        "not-a-media-type": "不是媒体类型",
        "not-a-phone": "不是电话号码",
        "not-a-region": "不是行政区划代码",
        "not-an-email": "不是邮箱地址",
        "not-covered": "不在合同范围内",
        "not-digits": "只能是数字",
        "not-found": "不存在",
        "out-of-range": "超出范围",
        "range": "超出范围",
        "required": "必填",
        "too-long": "过长",
        "too-many": "过多",
        "type": "类型不符",
        "unexpected": "不应出现",
        "unknown": "未知的值",
        "unknown-contract": "合同不存在",
        "unknown-customer": "客户不存在",
        "unknown-device": "设备不存在",
        "unknown-value": "未知的值",
        "unreachable": "缺少联系方式",
    ]
}
