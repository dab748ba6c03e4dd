import DomainContracts
import Foundation
import Simulation

/// The figures of a run, in Chinese and English, each with what it was computed from.
struct KPITable {
    let rows: [(name: String, value: String)]

    init(_ result: SimulationResult) {
        let (kpis, visits) = (result.totals.kpis, result.totals.fieldService)
        let (billing, stock) = (result.totals.billing, result.totals.inventory)
        var rows: [(name: String, value: String)] = [
            (
                "First response time 首次响应时间",
                "median \(Self.time(kpis.firstResponseMedian)), p90 \(Self.time(kpis.firstResponseP90))"
            ),
            ("Mean time to resolve 平均解决时长", Self.time(kpis.meanTimeToResolve)),
            ("MTTR 平均修复时间", Self.time(kpis.meanTimeToRepair)),
            ("First-time-fix rate 首次修复率 (provisional)", Self.share(kpis.firstTimeFixed, kpis.firstTimeFixBase)),
            ("First-contact resolution 首次联系解决率", Self.share(kpis.resolvedRemotely, kpis.closed)),
        ]
        for clock in Set(kpis.clocksMet.keys).union(kpis.clocksBreached.keys).sorted() {
            let met = kpis.clocksMet[clock, default: 0]
            rows.append(
                ("SLA attainment SLA达标率, \(clock)", Self.share(met, met + kpis.clocksBreached[clock, default: 0])))
        }
        rows += [
            ("On-time arrival 准时到达率", Self.share(visits.arrivedOnTime, visits.arrived)),
            ("Output per engineer 工程师人效", Self.perEngineer(result)),
            ("Closure rate 关闭率", Self.share(kpis.closed, kpis.opened)),
            ("Rework rate 返修率", Self.share(kpis.reworked, kpis.closed)),
            ("Repeat-visit rate 重复上门率", Self.share(kpis.repeatVisits, kpis.visited)),
            ("Follow-ups 回访", "\(kpis.followedUp)"),
            ("Survey response rate 问卷回收率", Self.share(kpis.surveysAnswered, kpis.surveysSent)),
            ("CSAT 满意度", Self.share(kpis.satisfied, kpis.satisfactionAnswers)),
            ("NPS 净推荐值", Self.nps(kpis)),
            ("Revenue 收入", Self.yuan(billing.charged)),
            ("Paid 已收", Self.yuan(billing.paid)),
            ("Cost 成本", Self.yuan(billing.cost)),
            ("Cost per service 单次成本", kpis.closed > 0 ? Self.yuan(billing.cost.scaled(by: 1, over: kpis.closed)) : "—"),
            ("Parts used 备件消耗", "\(stock.consumed) pieces, \(Self.yuan(stock.consumedValue))"),
        ]
        self.rows = rows
    }

    private static func perEngineer(_ result: SimulationResult) -> String {
        let days = Double(result.domainSeconds) / 86_400
        guard days > 0, result.engineers > 0 else { return "—" }
        return String(format: "%.2f orders a day", Double(result.totals.kpis.closed) / days / Double(result.engineers))
    }

    private static func nps(_ kpis: KPIAnswer) -> String {
        guard kpis.recommendationAnswers > 0 else { return "—" }
        let share = Double(kpis.promoters - kpis.detractors) / Double(kpis.recommendationAnswers)
        return String(format: "%+.0f (%d answers)", share * 100, kpis.recommendationAnswers)
    }

    private static func share(_ part: Int, _ whole: Int) -> String {
        guard whole > 0 else { return "—" }
        return String(format: "%.1f %% (%d of %d)", Double(part) * 100 / Double(whole), part, whole)
    }

    private static func time(_ seconds: Int?) -> String {
        guard let seconds else { return "—" }
        if seconds < 3_600 { return "\(seconds / 60) min" }
        return String(
            format: seconds < 172_800 ? "%.1f h" : "%.1f days", Double(seconds) / (seconds < 172_800 ? 3_600 : 86_400))
    }

    private static func yuan(_ money: Money) -> String {
        String(
            format: "%@%d.%02d %@", money.amount < 0 ? "−" : "", abs(money.amount) / 100, abs(money.amount) % 100,
            money.currency)
    }
}
