import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Billing
@testable import Console
@testable import DispatchService
@testable import Intake
@testable import Inventory

@Suite("The catalogue of settings beside what services take")
struct SettingCatalogTests {
    private static let services = (ServiceName.allCases + [.console]).map(\.rawValue)

    private static let needed = [
        "MENDLOOP_AMQP_URL": "amqp://u:p@h/v", "MENDLOOP_DATABASE_URL": "postgresql://u:p@h/d",
        "MENDLOOP_LINK_SECRET": String(repeating: "s", count: 32),
        "MENDLOOP_JWT_SECRET": String(repeating: "j", count: 32),
    ]

    /// What a service reads at its start.
    private func start(_ service: String, _ changes: [String: String]) throws {
        var environment = Self.needed.merging(changes) { $1 }
        // Each of the two needs the other.
        if changes["MENDLOOP_TIME_SCALE"] != nil { environment["MENDLOOP_TIME_EPOCH"] = "2026-11-21T01:12:00Z" }
        if changes["MENDLOOP_TIME_EPOCH"] != nil { environment["MENDLOOP_TIME_SCALE"] = "2" }
        if changes["MENDLOOP_ATTACHMENTS_KEY"] != nil {
            environment["MENDLOOP_ATTACHMENTS_BUCKET"] = "https://host/bucket"
            environment["MENDLOOP_ATTACHMENTS_KEY_ID"] = "id"
        }
        let settings = Settings(environment: environment)
        let common = try ServiceSettings(service: service, settings: settings)
        _ = try ListeningAddress.of(host: common.httpHost, port: 1)
        switch service {
        case "intake": _ = try DisputePolicy(settings: settings)
        case "dispatch":
            _ = try DispatchSettings(common, settings: settings)
            _ = try TravelProvider(settings: settings)
        case "inventory": _ = try InventoryPolicy(settings: settings)
        case "billing": _ = try BillingPolicy(settings: settings)
        case "console": _ = try ConsoleSettings(settings: settings)
        default: break
        }
    }

    @Test("what it expects is what they take: to the last number, and nothing else", arguments: services)
    func bounds(_ service: String) throws {
        try start(service, [:])
        for entry in SettingCatalog.entries where entry.isRead(by: service) {
            guard let range = entry.value.range else { continue }
            for right in [range.lowerBound, range.upperBound] { try start(service, [entry.name: "\(right)"]) }
            for wrong in ["\(range.lowerBound - 1)", "\(range.upperBound + 1)", "many"] {
                try expectNamed(entry.name, service, wrong)
            }
        }
        for entry in SettingCatalog.entries where entry.isRead(by: service) && entry.value.range == nil {
            // Too short for a secret, and none of what else is expected.
            let isJudged = !SettingsCheck([entry.name: "\u{1}"]).findings.isEmpty
            if isJudged {
                try expectNamed(entry.name, service, "\u{1}")
            } else {
                // A password apart goes with an address that has none.
                let addresses =
                    entry.name.hasSuffix("_PASSWORD")
                    ? [
                        "MENDLOOP_AMQP_URL": "amqp://a@127.0.0.1/m",
                        "MENDLOOP_DATABASE_URL": "postgresql://a@127.0.0.1/m",
                    ] : [:]
                try start(service, addresses.merging([entry.name: "\u{1}"]) { $1 })
            }
        }
    }

    private func expectNamed(_ name: String, _ service: String, _ value: String) throws {
        let error = #expect(throws: (any Error).self, "\(service) takes \(name)=\(value)") {
            try start(service, [name: value])
        }
        #expect(error.map { "\($0)" }?.contains(name) == true, "\(service) does not name \(name)")
    }
}
