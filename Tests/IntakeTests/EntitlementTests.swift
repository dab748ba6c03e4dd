import DomainContracts
import Foundation
import Testing

@testable import Intake

struct EntitlementTests {
    /// One case worked out by hand. Contracts are named in the row by what they are.
    struct Case: Sendable, CustomTestStringConvertible {
        let what: String
        var rework = false
        var contracts: [ContractProjection] = []
        var customer: String? = "C-1"
        /// Numbers of who was merged into him.
        var merged: [String] = []
        var serial: String? = "AC-1"
        var purchased: String?
        var registered: String?
        var service = ServiceType.repair
        var at = "2026-11-23T02:00:00Z"
        let expected: String
        /// What each clause decided; nil where that is looked at elsewhere.
        var decided: String?
        var testDescription: String { what }
    }

    static func contract(
        _ number: String, _ type: ContractType? = .maintenance, level: ResponseLevel = .nextDay, cover: Cover = .all,
        customer: String = "C-1",
        serials: [String] = [], status: ContractStatus = .active, from: String = "2026-01-01T00:00:00Z",
        to: String = "2027-01-01T00:00:00Z"
    ) -> ContractProjection {
        ContractProjection(
            contractId: UUID(), contractNumber: number, contractType: type, status: status, customerNumber: customer,
            responseLevel: level, cover: cover, deviceSerials: serials, startsOn: RFC3339.parse(from) ?? .distantPast,
            endsOn: RFC3339.parse(to) ?? .distantPast, sequence: "1")
    }

    static let labour = Cover(labour: true, parts: false, travel: false)
    static let travel = Cover(labour: false, parts: false, travel: true)

    /// Kind, level, cover (labour, parts, travel) and clause of each.
    static let cases = [
        Case(what: "nothing is known", expected: "none standard --- no_cover_known"),
        Case(
            what: "rework goes before a contract, and is answered as soon as that promises", rework: true,
            contracts: [contract("K", level: .fourHour)], expected: "rework four_hour lpt rework",
            decided: "rework[labour parts travel] K[response_level]"),
        Case(
            what: "a contract that is no sooner than rework adds nothing to it", rework: true,
            contracts: [contract("K")],
            expected: "rework next_day lpt rework", decided: "rework[response_level labour parts travel] K[]"),
        Case(
            what: "a contract for other services leaves rework as it is", rework: true,
            contracts: [contract("K", .inspection, level: .fourHour)], expected: "rework next_day lpt rework",
            decided: "rework[response_level labour parts travel]"),
        Case(
            what: "a contract of the customer's", contracts: [contract("K")],
            expected: "contract next_day lpt contract_covers_customer"),
        Case(
            what: "a contract of the device, however its number is spelt",
            contracts: [
                contract("K", customer: "C-9", serials: ["ac -1"])
            ], expected: "contract next_day lpt contract_covers_device"),
        Case(
            what: "a contract for other devices of the same customer", contracts: [contract("K", serials: ["AC-2"])],
            expected: "none standard --- no_cover_known"),
        Case(
            what: "the contract of one who was merged into him", contracts: [contract("K", customer: "C-2")],
            merged: ["C-3", "C-2"], expected: "contract next_day lpt contract_covers_customer"),
        Case(
            what: "the contract for other devices of one who was merged into him",
            contracts: [contract("K", customer: "C-2", serials: ["AC-2"])], merged: ["C-2"],
            expected: "none standard --- no_cover_known"),
        Case(
            what: "another customer's contract", contracts: [contract("K", customer: "C-2")],
            expected: "none standard --- no_cover_known"),
        Case(
            what: "one contract is faster, another one covers more: the customer has both",
            contracts: [
                contract("slow"), contract("fast", level: .fourHour, cover: labour),
            ], expected: "contract four_hour lpt several_contracts",
            decided: "fast[response_level labour] slow[parts travel]"),
        Case(
            what: "of two contracts the wider one ends in this moment",
            contracts: [
                contract("slow", to: "2026-11-23T02:00:00Z"), contract("fast", level: .fourHour, cover: labour),
            ], expected: "contract four_hour l-- contract_covers_customer", decided: "fast[response_level labour]"),
        Case(
            what: "of two contracts the wider one is in its last second",
            contracts: [
                contract("slow", to: "2026-11-23T02:00:01Z"), contract("fast", level: .fourHour, cover: labour),
            ], expected: "contract four_hour lpt several_contracts",
            decided: "fast[response_level labour] slow[parts travel]"),
        Case(
            what: "of two contracts the faster one begins in a second",
            contracts: [
                contract("slow", cover: travel),
                contract("fast", level: .fourHour, cover: labour, from: "2026-11-23T02:00:01Z"),
            ], expected: "contract next_day --t contract_covers_customer", decided: "slow[response_level travel]"),
        Case(
            what: "of one level the wider cover decides",
            contracts: [contract("thin", cover: labour), contract("wide")],
            expected: "contract next_day lpt contract_covers_customer",
            decided: "wide[response_level labour parts travel] thin[]"),
        Case(
            what: "of one level and cover the newer wins",
            contracts: [
                contract("new", serials: ["AC-1"], from: "2026-06-01T00:00:00Z"), contract("old"),
            ], expected: "contract next_day lpt contract_covers_device"),
        Case(
            what: "a contract in the second before it begins", contracts: [contract("K", from: "2026-11-23T02:00:01Z")],
            expected: "none standard --- no_cover_known"),
        Case(
            what: "a contract in the moment it begins", contracts: [contract("K", from: "2026-11-23T02:00:00Z")],
            expected: "contract next_day lpt contract_covers_customer"),
        Case(
            what: "a contract in its last second", contracts: [contract("K", to: "2026-11-23T02:00:01Z")],
            expected: "contract next_day lpt contract_covers_customer"),
        Case(
            what: "a contract in the moment it ends", contracts: [contract("K", to: "2026-11-23T02:00:00Z")],
            expected: "none standard --- no_cover_known"),
        Case(
            what: "a contract that was ended early", contracts: [contract("K", status: .ended)],
            expected: "none standard --- no_cover_known"),
        Case(
            what: "an ended contract leaves the warranty", contracts: [contract("K", status: .ended)],
            purchased: "2026-06-01", expected: "warranty next_day lpt in_full_warranty"),
        Case(
            what: "the usual warranty adds to what a contract covers", contracts: [contract("K", cover: labour)],
            purchased: "2026-06-01", expected: "contract next_day lpt contract_and_warranty",
            decided: "K[response_level labour] warranty[parts travel]"),
        Case(
            what: "a contract in the last second of the full warranty", contracts: [contract("K", cover: labour)],
            purchased: "2025-11-24", at: "2026-11-23T15:59:59Z",
            expected: "contract next_day lpt contract_and_warranty"),
        Case(
            what: "a contract in the first second of parts alone", contracts: [contract("K", cover: labour)],
            purchased: "2025-11-24", at: "2026-11-23T16:00:00Z",
            expected: "contract next_day lp- contract_and_warranty",
            decided: "K[response_level labour] warranty[parts]"),
        Case(
            what: "a contract in the first second after the warranty", contracts: [contract("K", cover: labour)],
            purchased: "2024-11-24", at: "2026-11-23T16:00:00Z",
            expected: "contract next_day l-- contract_covers_customer", decided: "K[response_level labour]"),
        Case(
            what: "the warranty holds on in the moment the contract ends",
            contracts: [
                contract("K", level: .fourHour, cover: labour, to: "2026-11-23T02:00:00Z")
            ], purchased: "2026-06-01", expected: "warranty next_day lpt in_full_warranty",
            decided: "warranty[response_level labour parts travel]"),
        Case(
            what: "a contract that gives nothing beside a warranty",
            contracts: [
                contract("K", level: .standard, cover: .nothing)
            ], purchased: "2026-06-01", expected: "warranty next_day lpt in_full_warranty",
            decided: "K[] warranty[response_level labour parts travel]"),
        Case(
            what: "a contract that gives nothing, alone", contracts: [contract("K", level: .standard, cover: .nothing)],
            expected: "contract standard --- contract_covers_customer", decided: "K[response_level]"),
        Case(
            what: "two contracts and the parts' warranty",
            contracts: [
                contract("fast", level: .fourHour, cover: labour), contract("slow", cover: travel),
            ], purchased: "2025-06-01", expected: "contract four_hour lpt contract_and_warranty",
            decided: "fast[response_level labour] slow[travel] warranty[parts]"),
        Case(
            what: "both warranties", purchased: "2026-06-01", registered: "2027-06-01",
            expected: "warranty next_day lpt in_registered_warranty",
            decided: "warranty[response_level labour parts travel] warranty[]"),
        Case(
            what: "an inspection contract in the parts' warranty: it repairs nothing",
            contracts: [contract("K", .inspection, level: .fourHour)], purchased: "2025-06-01",
            expected: "warranty next_day -p- in_parts_warranty", decided: "warranty[response_level parts]"),
        Case(
            what: "a per-call contract in the full warranty: it is faster alone",
            contracts: [contract("K", .perCall, level: .fourHour)], purchased: "2026-06-01",
            expected: "contract four_hour lpt contract_and_warranty",
            decided: "K[response_level] warranty[labour parts travel]"),
        Case(
            what: "a per-call contract beside one that repairs",
            contracts: [contract("call", .perCall, level: .fourHour), contract("K", cover: labour)],
            expected: "contract four_hour l-- several_contracts", decided: "call[response_level] K[labour]"),
        Case(
            what: "a sold warranty maintains nothing, and its customer's device is under the usual one",
            contracts: [contract("K", .warranty)], purchased: "2026-06-01", service: .maintenance,
            expected: "none standard --- service_not_under_contract"),
        Case(
            what: "a contract whose type is not known yet", contracts: [contract("K", nil)], service: .training,
            expected: "contract next_day lpt contract_covers_customer"),
        // Bought on 2025-11-24: twelve months are over at midnight before 2026-11-24 in the company's zone, UTC+8.
        Case(
            what: "the last second of the full warranty", purchased: "2025-11-24", at: "2026-11-23T15:59:59Z",
            expected: "warranty next_day lpt in_full_warranty"),
        Case(
            what: "the first second of parts alone", purchased: "2025-11-24", at: "2026-11-23T16:00:00Z",
            expected: "warranty next_day -p- in_parts_warranty"),
        Case(
            what: "the last second of parts alone", purchased: "2024-11-24", at: "2026-11-23T15:59:59Z",
            expected: "warranty next_day -p- in_parts_warranty"),
        Case(
            what: "the first second after the warranty", purchased: "2024-11-24", at: "2026-11-23T16:00:00Z",
            expected: "none standard --- warranty_over"),
        Case(
            what: "bought on 29 February, the last second of a year", purchased: "2024-02-29",
            at: "2025-02-27T15:59:59Z", expected: "warranty next_day lpt in_full_warranty"),
        Case(
            what: "bought on 29 February, a year is over with the 28th", purchased: "2024-02-29",
            at: "2025-02-27T16:00:00Z", expected: "warranty next_day -p- in_parts_warranty"),
        Case(
            what: "a warranty repairs and does not maintain", purchased: "2026-06-01", service: .maintenance,
            expected: "none standard --- service_not_under_warranty"),
        Case(
            what: "the last second of the registered warranty's last day", registered: "2026-11-23",
            at: "2026-11-23T15:59:59Z", expected: "warranty next_day lpt in_registered_warranty"),
        Case(
            what: "the first second after it", registered: "2026-11-23", at: "2026-11-23T16:00:00Z",
            expected: "none standard --- warranty_over"),
        Case(
            what: "a registered warranty that is longer than the usual one", purchased: "2020-06-01",
            registered: "2027-06-01", expected: "warranty next_day lpt in_registered_warranty"),
        Case(
            what: "a registered warranty is better than parts alone", purchased: "2025-06-01",
            registered: "2026-12-31", expected: "warranty next_day lpt in_registered_warranty"),
        Case(
            what: "the usual warranty holds where the registered one is over", purchased: "2026-06-01",
            registered: "2026-07-01", expected: "warranty next_day lpt in_full_warranty"),
        Case(
            what: "parts alone where the registered warranty is over", purchased: "2025-06-01",
            registered: "2026-07-01", expected: "warranty next_day -p- in_parts_warranty"),
        Case(
            what: "both warranties are over", purchased: "2020-06-01", registered: "2026-07-01",
            expected: "none standard --- warranty_over"),
        Case(
            what: "a registered warranty repairs and does not maintain", registered: "2027-06-01",
            service: .maintenance, expected: "none standard --- service_not_under_warranty"),
        Case(
            what: "a registered warranty adds to what a contract covers", contracts: [contract("K", cover: labour)],
            registered: "2027-06-01", expected: "contract next_day lpt contract_and_warranty"),
        Case(
            what: "a contract answers faster, the registered warranty covers more",
            contracts: [contract("K", level: .fourHour, cover: labour)], registered: "2027-06-01",
            expected: "contract four_hour lpt contract_and_warranty"),
        Case(
            what: "a registered warranty answers faster than the contract",
            contracts: [contract("K", level: .standard)], registered: "2027-06-01",
            expected: "contract next_day lpt contract_and_warranty"),
        Case(
            what: "a registered warranty that adds nothing to the contract", contracts: [contract("K")],
            registered: "2027-06-01", expected: "contract next_day lpt contract_covers_customer",
            decided: "K[response_level labour parts travel] warranty[]"),
        Case(
            what: "a registered warranty that is over adds nothing", contracts: [contract("K", cover: labour)],
            registered: "2026-11-22", expected: "contract next_day l-- contract_covers_customer"),
        Case(
            what: "rework goes before a registered warranty", rework: true, registered: "2027-06-01",
            expected: "rework next_day lpt rework"),
        Case(
            what: "a registered day that is none", registered: "2026-02-30",
            expected: "none standard --- no_cover_known"),
        Case(
            what: "a purchase date that is none", purchased: "2026-13-01", expected: "none standard --- no_cover_known"),
        Case(
            what: "a device that nobody knows of a customer with a contract", contracts: [contract("K")], serial: nil,
            expected: "contract next_day lpt contract_covers_customer"),
    ]

    @Test("what a customer may expect is what the clauses say", arguments: cases)
    func entitlement(_ each: Case) throws {
        let found = EntitlementRule.entitlement(
            reworkOf: each.rework ? "WO-1" : nil, contracts: each.contracts,
            customerNumbers: [each.customer].compactMap { $0 } + each.merged,
            serials: each.serial.map { [DeviceSerial(number: $0, isOnlyOne: true, owners: [])] } ?? [],
            purchasedOn: each.purchased, warrantyEndsOn: each.registered,
            serviceType: each.service,
            at: try #require(RFC3339.parse(each.at)))
        let cover =
            (found.cover.labour ? "l" : "-") + (found.cover.parts ? "p" : "-") + (found.cover.travel ? "t" : "-")
        #expect("\(found.kind) \(found.responseLevel) \(cover) \(found.reason.code)" == each.expected)
        if let decided = each.decided {
            let clauses = (found.clauses ?? []).map { clause in
                (clause.contractNumber ?? clause.kind.rawValue)
                    + "[\(clause.decided.map(\.rawValue).joined(separator: " "))]"
            }
            #expect(clauses.joined(separator: " ") == decided)
        }
        #expect((found.clauses == nil) == (found.kind == .none))
    }
}
