import ArgumentParser
import DomainContracts
import Foundation

/// Maintenance plans; docs/maintenance.md says how they are written.
struct Plans: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Maintenance plans: list them, show one, set one, end one.",
        subcommands: [PlansList.self, PlansShow.self, PlansSet.self, PlansEnd.self], defaultSubcommand: PlansList.self)
}

struct PlansList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "All plans, or those of a customer, contract or device, by their numbers.")

    @OptionGroup var stack: Stack
    @OptionGroup var output: Output

    @Option(name: .long, help: "A customer's number.")
    var customer: String?

    @Option(name: .long, help: "A contract's number.")
    var contract: String?

    @Option(name: .long, help: "A device's serial number.")
    var device: String?

    @Option(name: .long, help: "\(MaintenancePlanStatus.known.map(\.rawValue).joined(separator: ", ")).")
    var status: String?

    @Option(name: .long, help: "How many, 1 to 100.")
    var limit = 20

    @Option(name: .long, help: "Where the last answer ended, as it says itself.")
    var cursor: String?

    func run() async throws {
        let door = try await stack.broker()
        let answer = try await answer(through: door)
        await door.close()
        print(output.isJSON ? try Output.json(answer) : answer.text)
    }

    private func answer(through door: BrokerDoor) async throws -> MaintenancePlansAnswer {
        var deviceId: UUID?
        if let device {
            let found = try await door.ask(DeviceQuery(serialNumber: device))
            guard let known = found.device else { throw ValidationError("there is no device \(device)") }
            deviceId = known.deviceId
        }
        return try await door.ask(
            MaintenancePlansQuery(
                customerNumber: customer, contractNumber: contract, deviceId: deviceId,
                status: status.map(MaintenancePlanStatus.init), limit: limit, cursor: cursor))
    }
}

struct PlansShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "A plan as JSON that `plans set` takes; what comes and what was is noted beside it.")

    @OptionGroup var stack: Stack

    @Argument(help: "Its number.")
    var number: String

    func run() async throws {
        let door = try await stack.broker()
        let answer = try await door.ask(MaintenancePlanQuery(planNumber: number))
        await door.close()
        guard let state = answer.state, let plan = answer.plan else {
            throw ValidationError("there is no plan \(number)")
        }
        let author = state.setBy.map { " by \($0)" } ?? ""
        let reason = state.reason.map { ", \($0.code)" } ?? ""
        Terminal.note(
            "version \(state.planVersion), set \(Moment.text(state.setAt))\(author); \(state.status)\(reason)")
        for occurrence in answer.occurrences.reversed() {
            let what = occurrence.workOrderNumber ?? occurrence.requestNumber ?? occurrence.reason?.code ?? ""
            Terminal.note("\(occurrence.visitOn)  \(occurrence.status)  \(what)")
        }
        for day in answer.coming {
            Terminal.note("\(day.visitOn)  coming" + (day.dueOn == day.visitOn ? "" : ", due on \(day.dueOn)"))
        }
        print(try Output.json(plan))
    }
}

struct PlansSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Make a plan, or put another in its place. What was opened stays.")

    @OptionGroup var stack: Stack

    @Argument(help: "Its number: the same number is the same plan.")
    var number: String

    @Argument(help: "The file, as `plans show` prints it.", completion: .file())
    var file: String

    @Option(name: .long, help: "Only if this version is in force still; 0 for a new plan.")
    var expectedVersion: Int?

    func run() async throws {
        let plan = try JSONFile.read(MaintenancePlanTerms.self, from: file)
        let door = try await stack.broker()
        let answer = try await door.order(
            SetMaintenancePlan(planNumber: number, plan: plan, expectedVersion: expectedVersion))
        await door.close()
        print("version \(answer.version) of \(number) is \(answer.status ?? "set")")
    }
}

struct PlansEnd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "end", abstract: "End a plan. Work orders that are open stay open.")

    @OptionGroup var stack: Stack

    @Argument(help: "Its number.")
    var number: String

    @Option(name: .long, help: "Why.")
    var reason: String?

    @Option(name: .long, help: "Only if this version is in force still.")
    var expectedVersion: Int?

    func run() async throws {
        let door = try await stack.broker()
        _ = try await door.order(
            EndMaintenancePlan(planNumber: number, reason: reason, expectedVersion: expectedVersion))
        await door.close()
        print("\(number) has ended")
    }
}

extension MaintenancePlansAnswer {
    fileprivate var text: String {
        guard !plans.isEmpty else { return "no plans" }
        var table = TextTable(head: ["PLAN", "STATUS", "NEXT", "CONTRACT", "DEVICES", "WHAT"])
        for plan in plans {
            table.rows.append([
                plan.planNumber, plan.reason.map { "\(plan.status), \($0.code)" } ?? "\(plan.status)",
                plan.nextVisitOn ?? "", plan.contractNumber ?? "",
                plan.deviceIds.isEmpty ? "its contract's" : "\(plan.deviceIds.count)", plan.subject.shortened(to: 40),
            ])
        }
        return table.text + (cursor.map { "\n\nmore: --cursor \($0)" } ?? "")
    }
}
