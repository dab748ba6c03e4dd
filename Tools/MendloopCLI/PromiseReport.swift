import DomainContracts
import Foundation

/// What was promised, on which grounds, and what stopped the clocks: a section of the manager's report.
struct PromiseReport {
    let promises: PromiseTotals

    var lines: [String] {
        ["Promises 承诺: \(promises.contracts) contracts 服务合同"]
            + counts("by", promises.ordersByEntitlement, Self.entitlements)
            + counts("calendar 日历", promises.ordersByCalendar, [:]) + attainment + pauses + [
                "  \(pad("duplicates 疑似重复")) \(promises.probableDuplicates) found, \(promises.duplicatesMerged) merged, "
                    + "\(promises.unmerged) taken apart again",
                "  \(pad("reminders 催单")) \(promises.reminders)", "",
            ]
    }

    private func counts(_ title: String, _ counts: [String: Int], _ names: [String: String]) -> [String] {
        counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { key, count in
            "  \(pad("\(title) \(key)\(names[key].map { " \($0)" } ?? "")")) \(count) orders"
        }
    }

    private var attainment: [String] {
        promises.attainmentByLevel.sorted { $0.key < $1.key }.map { level, clocks in
            let all = clocks.met + clocks.breached
            let share = all == 0 ? "—" : String(format: "%.1f %%", Double(clocks.met) * 100 / Double(all))
            return "  \(pad("resolved in time 解决达标, \(level)")) \(share) (\(clocks.met) of \(all))"
        }
    }

    private var pauses: [String] {
        promises.pausesByReason.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.map { reason, pause in
            let mean = pause.count == 0 ? 0 : Double(pause.seconds) / 3_600 / Double(pause.count)
            return "  \(pad("paused 暂停: \(reason)")) \(pause.count) times, \(String(format: "%.1f", mean)) h each"
        }
    }

    private func pad(_ text: String) -> String { text.padded(toColumns: 46) }

    private static let entitlements = [
        "contract": "合同内", "warranty": "保内", "none": "保外", "rework": "返修",
    ]
}
