import DomainContracts
import Foundation
import Simulation

/// A run as a manager reads it: where the orders ended, the figures, and whether the books agree.
struct ManagerReport {
    let result: SimulationResult

    init(_ result: SimulationResult) { self.result = result }

    var text: String {
        (header + orders + promises + figures + dispatch + reconciliation + footer).joined(separator: "\n")
    }

    private var header: [String] {
        let days = Double(result.domainSeconds) / 86_400
        return [
            "",
            "Mendloop 修环: \(result.reports) reports, \(result.engineers) engineers, "
                + String(format: "%.1f days in %.0f seconds", days, result.realSeconds), "",
        ]
    }

    private var orders: [String] {
        let intake = result.totals.intake
        return ["Work orders 工单: \(intake.workOrders), \(intake.reworkOrders) of them rework 返修"]
            + table(intake.workOrdersByStatus, Self.statusNames) + ["", "Outcomes 处理结果"]
            + table(intake.workOrdersByOutcome, Self.outcomeNames)
            + ["", "Visits 上门: why they ended"] + table(result.totals.fieldService.visitsByEndReason, [:]) + [""]
    }

    private var promises: [String] {
        result.totals.intake.promises.map { PromiseReport(promises: $0).lines } ?? []
    }

    private var figures: [String] {
        ["Figures 指标"] + KPITable(result).rows.map { "  \(pad($0.name, 46)) \($0.value)" } + [""]
    }

    private var dispatch: [String] {
        let run = result.againstNearest
        func line(_ name: String, _ outcome: SimulatedOutcome) -> String {
            let travel = String(format: "%.1f min of travel a visit", outcome.travelPerVisit)
            let arrivals = String(format: "%.1f %% of arrivals in time", outcome.arrivalShare * 100)
            let wait = String(format: "%.1f h to the visit", Double(outcome.meanWaitMinutes) / 60)
            return "  \(pad(name, 46)) \(travel), \(arrivals), \(wait)"
        }
        return [
            "Dispatch 派工: \(run.workOrders) orders decided again, as if everybody accepted",
            line("the rules in force", run.current), line("nearest of those free soon 就近派工", run.draft),
            "  \(run.elsewhere) orders would have gone to somebody else",
            "  \(result.fellIll) engineers fell ill: \(result.visitsGivenAway) of their visits went to others",
        ] + dayPlans + [""]
    }

    private var dayPlans: [String] {
        guard let totals = result.totals.dispatch.dayPlans else { return [] }
        return [
            "  \(totals.plans) day plans 日计划: \(totals.handedOver) visits handed over, \(totals.moved) moved, "
                + "\(totals.savedMinutes) min of travel saved"
        ]
    }

    private var reconciliation: [String] {
        ["Reconciliation 对账"]
            + result.reconciliation.lines.map { "  \($0.holds ? "✓" : "✗") \(pad($0.title, 74)) \($0.detail)" }
    }

    private var footer: [String] {
        var lines = [""]
        if !result.isComplete {
            lines.append("Given up: nothing ended any more. Open: \(result.unfinished.joined(separator: ", "))")
        }
        if result.stumbles > 0, !result.holds || !result.isComplete {
            lines.append("\(result.stumbles) steps were refused to people outside, such as:")
            lines += result.stumbleExamples.prefix(8).map { "  \($0)" }
        }
        if let attribution = result.attribution { lines.append(attribution) }
        lines.append(result.holds ? "Every line holds." : "NOT every line holds.")
        return lines
    }

    private func table(_ counts: [String: Int], _ names: [String: String]) -> [String] {
        counts.filter { $0.value != 0 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { key, count in
            "  \(pad(key + (names[key].map { " \($0)" } ?? ""), 46)) \(count)"
        }
    }

    private func pad(_ text: String, _ width: Int) -> String { text.padded(toColumns: width) }

    private static let statusNames = [
        "closed": "已关闭", "cancelled": "已取消", "merged": "已合并", "pending_dispatch": "待派工", "assigned": "待接单",
        "accepted": "已接单", "scheduled": "已预约", "awaiting_parts": "待备件", "awaiting_customer": "待改约",
        "awaiting_quote": "待客户确认报价", "awaiting_approval": "待审批", "on_hold": "挂起", "in_progress": "进行中",
        "awaiting_confirmation": "待确认", "awaiting_follow_up": "待回访",
    ]
    private static let outcomeNames = [
        "fixed": "已修复", "no_fault_found": "未见故障", "unrepairable": "无法修复", "quote_refused": "客户拒绝报价",
        "resolved_remotely": "远程解决", "cannot_complete": "无法完成",
    ]
}

extension String {
    /// Filled up with blanks to a width in columns of a terminal, where a Chinese character takes two.
    func padded(toColumns width: Int) -> String {
        let columns = unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2e80 ? 2 : 1) }
        return self + String(repeating: " ", count: max(0, width - columns))
    }
}
