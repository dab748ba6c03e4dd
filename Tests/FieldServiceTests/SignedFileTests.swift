import DomainContracts
import Foundation
import Postgres
import ServiceKit
import ServiceTesting
import Testing

@testable import FieldService

@Suite("Which files are signatures")
struct SignedFileTests {
    @Test("a signature is found by its name or its hash, under whatever report it stands")
    func signed() async throws {
        let service = try await RunningService.start(
            try FieldServiceApp.definition(
                door: CustomerDoor(links: LinkSigner(secret: String(repeating: "s", count: 32)))))
        let client = try service.client()
        func hash(_ letter: String) -> String { String(repeating: letter, count: 64) }
        func report(_ number: String, _ word: CustomerWord?) async throws {
            var state: [String: JSONValue] = [
                "status": .string(word == nil ? "awaiting" : "confirmed"), "sha256": .string(hash("0")),
                "content": .object(["reportNumber": .string(number), "workOrderId": .string(UUID().text)]),
            ]
            if let word {
                state["word"] = try WireJSON.decoder().decode(JSONValue.self, from: WireJSON.encoder().encode(word))
            }
            let document = try JSONB(encoding: state, encoder: WireJSON.encoder())
            try await service.pool.execute(
                "INSERT INTO service_report (id, version, state) VALUES (\(UUID()), 1, \(document))")
        }
        func word(_ signature: DomainContracts.Attachment?) -> CustomerWord {
            CustomerWord(at: Date(), by: "customer", signedBy: "王敏", signature: signature)
        }
        try await report("SR-1", nil)
        try await report("SR-2", word(nil))
        try await report(
            "SR-3", word(.init(dataref: "urn:mendloop:attachment:\(hash("a"))", mediaType: "image/png")))
        try await report("SR-4", word(.init(dataref: "https://elsewhere", mediaType: "image/png", sha256: hash("b"))))
        let answer = try await client.ask(SignedFilesQuery(files: ["a", "b", "c"].map(hash)))
        #expect(answer.named.sorted() == ["a", "b"].map(hash))
        await #expect(throws: Problem.self) { try await client.ask(SignedFilesQuery(files: ["c"])) }
        await client.close()
        await service.stop()
    }
}
