import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import Intake

@Suite("Contracts told again, on real servers")
struct RunningContractTests {
    /// docs/sla.md says so of contracts that were known before types were kept.
    @Test("what billing says again, told once more with an id of its own, makes an old projection whole")
    func toldAgain() async throws {
        let service = try await RunningService.start(try IntakeApp.definition(links: IntakeBench.links))
        let client = try service.client()
        let contract = ContractChanged(
            contractId: UUID(), contractNumber: "C-1", contractType: .inspection, status: .active,
            customerNumber: "K-1", responseLevel: .fourHour, cover: .all, startsOn: Date() - 86_400,
            endsOn: Date() + 86_400)
        func types() async throws -> [String?] {
            try await service.pool.query("SELECT state->>'contractType' AS type FROM contract").map {
                try $0.get("type", as: String?.self)
            }
        }
        _ = try await client.send(try client.message(contract, sequence: 5))
        try await eventually("the contract is known") { try await types() == ["inspection"] }
        _ = try await service.pool.query("UPDATE contract SET state = state - 'contractType'")
        _ = try await client.send(try client.message(contract, sequence: 5))
        try await eventually("its type is kept") { try await types() == ["inspection"] }
        await client.close()
        await service.stop()
    }
}
