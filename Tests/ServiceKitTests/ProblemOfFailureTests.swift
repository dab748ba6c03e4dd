import DomainContracts
import Foundation
import Testing

@testable import ServiceKit

@Suite("What somebody is told whose question failed") struct ProblemOfFailureTests {
    private struct Broken: Error, CustomStringConvertible { let description = "column “secret” of relation" }

    @Test("his own fault is told with its place; ours only as ours")
    func told() {
        let refusal = Refusal.invalid("/data/limit", "out-of-range", "from 1 to 100")
        #expect(Problem(answering: refusal) == refusal.problem)
        let undecodable = #expect(throws: DecodingError.self) {
            _ = try WireJSON.decoder().decode(ReplayLedger.self, from: Data(#"{"book": 1}"#.utf8))
        }
        #expect(undecodable.map { Problem(answering: $0).status } == 422)
        #expect(Problem(answering: CancellationError()).status == 503)
        let ours = Problem(answering: Broken())
        #expect(ours.status == 500 && !"\(ours)".contains("secret"))
    }
}
