import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import Intake

extension IntakeBench {
    static let contract = UUID()

    /// A customer C-1 with two devices, AC-1 and AC-2, at a site.
    mutating func register() throws {
        let site = ReportedSite(address: "北京市朝阳区 1", regionCode: "110105")
        try bench.send(
            RegisterCustomer(customerNumber: "C-1", name: "王敏", phone: "13800138000", site: site),
            to: RegisterACustomer())
        for serial in ["AC-1", "AC-2"] {
            try bench.send(
                RegisterDevice(
                    serialNumber: serial, category: "Aircon/dehumidifier", customerNumber: "C-1",
                    site: site),
                to: RegisterADevice())
        }
    }

    /// Contract K-1 of C-1's.
    mutating func agree(
        _ status: ContractStatus = .active, serials: [String] = [], from: String = "2026-01-01T00:00:00Z",
        to: String = "2027-12-31T16:00:00Z", quota: Int? = nil, sequence: Int = 1
    ) throws {
        try bench.receive(
            ContractChanged(
                contractId: Self.contract, contractNumber: "K-1", contractType: .maintenance, status: status,
                customerNumber: "C-1", responseLevel: .nextDay,
                cover: Cover(labour: true, parts: false, travel: true), deviceSerials: serials,
                startsOn: try #require(RFC3339.parse(from)), endsOn: try #require(RFC3339.parse(to)),
                visitQuota: quota),
            by: ProjectContract(), sequence: sequence)
    }

    @discardableResult
    mutating func plan(_ terms: MaintenancePlanTerms = .monthly, expected: Int? = nil) throws -> Acknowledgement {
        try bench.send(
            SetMaintenancePlan(planNumber: "PM-1", plan: terms, expectedVersion: expected), to: SetAPlan())
    }

    static let planId = IntakeID.maintenancePlan("PM-1")
    func keptPlan() throws -> MaintenancePlan { try #require(bench.state(MaintenancePlan.self, Self.planId)) }

    /// Lets everything that is due until then happen, in the order in which it falls due.
    mutating func carryOn(until text: String) throws {
        let end = try #require(RFC3339.parse(text))
        while let timer = bench.timers.filter({ $0.dueAt <= end && Self.ofPlans.contains($0.kind) })
            .min(by: { ($0.dueAt, $0.kind, $0.id) < ($1.dueAt, $1.kind, $1.id) })
        {
            if timer.kind == FindMaintenanceDue.kind {
                try bench.fire(FindMaintenanceDue(), for: timer.id)
            } else {
                try bench.fire(OpenMaintenance(), for: timer.id)
            }
        }
        bench.now = max(bench.now, end)
    }

    private static let ofPlans = [FindMaintenanceDue.kind, OpenMaintenance.kind]

    var openedOn: [String] { bench.all(MaintenanceDueOpened.self).map(\.visitOn) }
    var skipped: [String] { bench.all(MaintenanceDueSkipped.self).map { "\($0.dueOn) \($0.reason.code)" } }
}

extension MaintenancePlanTerms {
    /// The first of each month from December on, a week ahead, for AC-1.
    static var monthly: MaintenancePlanTerms {
        MaintenancePlanTerms(
            devices: [PlannedDevice(serialNumber: "AC-1")], serviceType: .maintenance, subject: "清洗滤网",
            schedule: MaintenanceSchedule(every: 1, unit: .months, firstDueOn: "2026-12-01"), leadDays: 7,
            window: "09:00-12:00")
    }

    /// The same under contract K-1, for whatever it covers.
    static var contracted: MaintenancePlanTerms {
        var terms = monthly
        terms.devices = []
        terms.contractNumber = "K-1"
        terms.customerNumber = "C-1"
        return terms
    }
}

/// What somebody writes wrongly in a plan, and what is said of it.
struct Slip: Sendable, CustomTestStringConvertible {
    let expected: String
    let make: @Sendable (inout MaintenancePlanTerms) -> Void
    var testDescription: String { expected }

    init(_ expected: String, _ make: @escaping @Sendable (inout MaintenancePlanTerms) -> Void) {
        self.expected = expected
        self.make = make
    }
}
