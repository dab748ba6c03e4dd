import DomainContracts
import Foundation
import Testing

@testable import Intake

struct ContractTypeTests {
    /// The table of docs/sla.md: what a four-hour contract with full cover gives.
    static let types = """
        type        installation commissioning repair maintenance inspection training relocation consultation
        maintenance no           no            free   free        free       no       no         free
        warranty    no           no            free   no          no         no       no         no
        inspection  no           no            no     no          free       no       no         no
        per_call    fast         fast          fast   fast        fast       fast     fast       fast
        later       no           no            free   free        free       no       no         free
        """

    @Test("what a type of contract gives for a service is what its table says", arguments: 1...5)
    func contractTypes(_ line: Int) throws {
        let table = Self.types.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        let type = ContractType(rawValue: table[line][0])
        for (service, expected) in zip(table[0], table[line]).dropFirst() {
            let found = EntitlementRule.entitlement(
                reworkOf: nil, contracts: [EntitlementTests.contract("K", type, level: .fourHour)],
                customerNumbers: ["C-1"],
                serials: [DeviceSerial(number: "AC-1", isOnlyOne: true, owners: [])], purchasedOn: nil,
                serviceType: ServiceType(rawValue: service),
                at: try #require(RFC3339.parse("2026-11-23T02:00:00Z")))
            let gives =
                switch (found.responseLevel, found.cover) {
                case (.fourHour, .all): "free"
                case (.fourHour, .nothing): "fast"
                case (.standard, .nothing): "no"
                default: "\(found)"
                }
            #expect(gives == expected, "\(type) \(service)")
            #expect(expected != "no" || found.reason.code == "service_not_under_contract")
        }
    }

    @Test("several that decide are named with the parameters of each")
    func severalReasons() throws {
        let found = EntitlementRule.entitlement(
            reworkOf: nil,
            contracts: [
                EntitlementTests.contract("fast", level: .fourHour, cover: EntitlementTests.labour),
                EntitlementTests.contract("slow", cover: EntitlementTests.travel),
            ], customerNumbers: ["C-1"], serials: [DeviceSerial(number: "AC-1", isOnlyOne: true, owners: [])],
            purchasedOn: "2025-06-01", serviceType: .repair,
            at: try #require(RFC3339.parse("2026-11-23T02:00:00Z")))
        #expect(
            found.reason.parameters == [
                "contractNumber": "fast", "contractNumbers": "fast, slow", "purchasedOn": "2025-06-01",
            ])
        #expect(found.contractNumber == "fast")
    }
}
