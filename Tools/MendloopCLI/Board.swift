import ArgumentParser
import DomainContracts
import Foundation
import ServiceKit

struct Board: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The work board: what every engineer has before him, and what is overdue.")

    @OptionGroup var stack: Stack
    @OptionGroup var output: Output

    @Option(name: .long, help: "Only engineers of this branch.")
    var branch: String?

    @Option(name: .long, help: "Only engineers of this team.")
    var team: String?

    @Option(name: .long, help: "How many hours ahead, 1 to 168.")
    var hours = 24

    @Flag(name: .long, help: "Every visit, not just a line for each engineer.")
    var visits = false

    func run() async throws {
        let now = try DomainClock(settings: Settings()).now()
        let door = try await stack.broker()
        let answer = try await door.ask(WorkBoardQuery(at: now, hours: hours, branch: branch, team: team))
        await door.close()
        print(output.isJSON ? try Output.json(answer) : answer.text(withVisits: visits))
    }
}

extension WorkBoardAnswer {
    fileprivate func text(withVisits: Bool) -> String {
        guard !engineers.isEmpty else { return "no engineers" }
        var table = TextTable(
            head: ["ENGINEER", "BRANCH", "TEAM", "VISITS", "BOOKED", "ON DUTY", "LOAD", "OVERDUE", "AT RISK", "NEXT"])
        for row in engineers { table.rows.append(row.line) }
        var parts = [table.text]
        if withVisits { parts += engineers.filter { !$0.visits.isEmpty }.map(\.list) }
        if isCutOff { parts.append("only the first \(engineers.count) engineers: name a --branch or a --team") }
        parts.append("\(openJobs) jobs wait for somebody")
        return parts.joined(separator: "\n\n")
    }
}

extension WorkBoardRow {
    fileprivate var line: [String] {
        let load = shiftMinutes > 0 ? "\(bookedMinutes * 100 / shiftMinutes) %" : "-"
        let next = visits.dropFirst(overdue).first
        return [
            name, branch, team, "\(visits.count)", Self.hours(bookedMinutes), Self.hours(shiftMinutes), load,
            "\(overdue)", "\(promisesAtRisk ?? 0)", next.map { Moment.text($0.booked.start) } ?? "-",
        ]
    }

    fileprivate var list: String {
        var table = TextTable(head: [name, "BEGINS", "PROMISED", "STATUS", "TRAVEL", "TO FETCH"])
        for visit in visits {
            table.rows.append([
                visit.workOrderNumber, Moment.text(visit.booked.start), visit.promised,
                visit.standing, "\(visit.travelMinutes) min",
                (visit.toFetch ?? []).map { "\($0.quantity) × \($0.partCode)" }.joined(separator: ", "),
            ])
        }
        return table.text
    }

    private static func hours(_ minutes: Int) -> String { String(format: "%.1f h", Double(minutes) / 60) }
}

extension WorkBoardVisit {
    fileprivate var promised: String {
        guard let window else { return "not yet" }
        let times = "\(Moment.text(window.start)) to \(Moment.text(window.end))"
        return promiseAtRisk ?? false ? "\(times), at risk" : times
    }

    fileprivate var standing: String {
        let status = leadId != nil ? "helps" : departedAt == nil ? self.status.rawValue : "on his way"
        return pinned ?? false ? "\(status), pinned" : status
    }
}
