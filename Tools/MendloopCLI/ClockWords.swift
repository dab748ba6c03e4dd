import ArgumentParser
import DomainContracts
import Foundation

/// What happened to a clock, in words.
enum ClockWords: String, ExpressibleByArgument, CaseIterable {
    case en, zh

    func say(_ english: String, _ chinese: String) -> String { self == .en ? english : chinese }

    func name(_ kind: ClockKind) -> String {
        switch kind {
        case .response: say("response", "响应")
        case .acceptance: say("acceptance", "接单")
        case .arrival: say("arrival", "到场")
        case .resolution: say("resolution", "解决")
        default: kind.rawValue
        }
    }

    func standing(_ status: ClockStatus) -> String {
        switch status {
        case .running: say("running", "计时中")
        case .paused: say("paused", "已暂停")
        case .met: say("met", "已达标")
        case .breached: say("breached", "已超时")
        case .void: say("void", "已作废")
        default: status.rawValue
        }
    }

    func list(_ parts: [String]) -> String { parts.joined(separator: say(", ", "，")) }
    func due(_ moment: String) -> String { say("due \(moment)", "截止 \(moment)") }
    func stopped(_ moment: String) -> String { say("stopped \(moment)", "停止于 \(moment)") }

    func heading(_ moment: String, zone: String) -> String {
        say("as of \(moment), times of \(zone)", "截至 \(moment)，时区 \(zone)")
    }

    func step(_ step: ClockStep, due: String?) -> String {
        let used = duration(step.elapsedSeconds)
        let then = due.map { say("; \(self.due($0))", "；\(self.due($0))") } ?? ""
        switch step.what {
        case .started:
            return say("started: ", "开始计时：") + target(step) + calendar(step) + then
        case .paused:
            let reason = reason(step.reason)
            return say("paused because \(reason), \(used) used", "暂停，原因：\(reason)；已用 \(used)")
        case .resumed: return say("resumed, \(used) used", "恢复计时，已用 \(used)") + then
        case .targetChanged: return say("new target: ", "目标变更：") + target(step) + then
        case .calendarChanged: return say("reckoned anew", "重新计算") + calendar(step) + then
        case .stopped: return say("stopped, \(used) used", "停止，已用 \(used)")
        case .voided: return say("void: cancelled or merged", "作废：工单已取消或合并")
        case .warned: return say("warning given, \(used) used", "已预警，已用 \(used)")
        case .breached: return say("told as breached, \(used) used", "已通报超时，已用 \(used)")
        case .escalated:
            let role = role(step.toRole ?? "")
            return say("told to the \(role), \(used) used", "已升级至\(role)，已用 \(used)")
        default: return step.what.rawValue
        }
    }

    private func target(_ step: ClockStep) -> String {
        let clause = step.clause ?? ""
        let version = step.policyVersion ?? 1
        let time = duration(step.targetSeconds ?? 0)
        return say(
            "\(time) by service levels version \(version) \(clause)", "\(time)，依据服务级别第 \(version) 版 \(clause)")
    }

    private func calendar(_ step: ClockStep) -> String {
        guard let name = step.calendar, let version = step.calendarVersion else { return "" }
        return say(", in calendar \(name) version \(version)", "，工作日历 \(name) 第 \(version) 版")
    }

    func sum(used: Int, of target: Int, paused: Int) -> String {
        let (used, target, paused) = (duration(used), duration(target), duration(paused))
        return say(
            "\(used) of \(target) used, \(paused) taken out by pauses", "目标 \(target)，已用 \(used)，暂停共扣除 \(paused)")
    }

    func day(_ day: SpecialDay) -> String {
        let name = day.name.map { " \($0)" } ?? ""
        let work =
            day.minutes > 0
            ? say("counts, \(duration(day.minutes * 60))", "计时，\(duration(day.minutes * 60))")
            : say("does not count", "不计时")
        return "\(day.date)\(name) \(work)"
    }

    /// `1 h 30 min`, of running time: a day would be ambiguous.
    func duration(_ seconds: Int) -> String {
        let (hours, minutes) = (seconds / 3_600, seconds % 3_600 / 60)
        let parts = [
            hours > 0 ? say("\(hours) h", "\(hours) 小时") : nil,
            minutes > 0 || hours == 0 ? say("\(minutes) min", "\(minutes) 分钟") : nil,
        ]
        return parts.compactMap { $0 }.joined(separator: " ")
    }

    private func role(_ role: String) -> String {
        switch role {
        case "engineer": say("engineer", "工程师")
        case "supervisor": say("supervisor", "主管")
        case "manager": say("manager", "经理")
        default: role
        }
    }

    private func reason(_ code: String?) -> String {
        switch code {
        case "awaiting_customer": say("the customer must act", "待改约")
        case "awaiting_quote": say("a quote is before the customer", "待客户确认报价")
        case "awaiting_approval": say("our approver must decide", "待审批")
        case "awaiting_parts": say("parts are missing", "待备件")
        case "customer_wish": say("the customer wished it", "客户要求挂起")
        case "unsafe_site": say("the site is unsafe", "现场不安全")
        case "waiting_third_party": say("somebody else must act", "等待第三方")
        case "payment": say("a payment is awaited", "等待付款")
        case "other", nil: say("of another reason", "其他")
        case .some(let code): code
        }
    }
}
