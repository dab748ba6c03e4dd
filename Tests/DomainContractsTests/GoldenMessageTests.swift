import DomainContracts
import Foundation
import Testing

/// An example, once published, is never changed: whoever edits a golden file to make this pass breaks every sender
/// and every stored message of that type. A change that is not additive gets a new version and a new file.
@Suite("Golden messages")
struct GoldenMessageTests {
    @Test("an example decodes, and encodes to the same JSON", arguments: GoldenExample.all)
    func roundTrip(_ example: GoldenExample) throws {
        let bytes = try example.bytes()
        #expect(try example.recode(bytes) == canonical(bytes))
        let envelope = try WireJSON.decoder().decode(Envelope.self, from: bytes)
        #expect(envelope.type == example.type)
        #expect(envelope.specversion == "1.0")
    }

    @Test("every message has an example, and every example a message")
    func complete() throws {
        let files = try Repository.files(below: Repository.golden, endingIn: ".json").map(\.path)
        let expected = GoldenExample.all.map { Repository.golden.appending(path: $0.path).path }
        #expect(Set(files).subtracting(expected) == [])
        #expect(Set(expected).subtracting(files) == [])
        #expect(Set(expected).count == GoldenExample.all.count, "two messages of one folder have one type")
    }

    @Test("the catalogue lists every command, event and query of the sources")
    func catalogueIsComplete() throws {
        let listed =
            MessageCatalogue.commands.map { "\($0): Command" } + MessageCatalogue.events.map { "\($0): Event" }
            + MessageCatalogue.queries.map { "\($0): Query" }
        var declared: [String] = []
        for file in try Repository.files(below: Repository.contracts, endingIn: ".swift") {
            for match in try String(contentsOf: file, encoding: .utf8).matches(
                of: /struct (\w+): (?:\w+, )*(Command|Event|Query)\b/)
            {
                declared.append("\(match.1): \(match.2)")
            }
        }
        #expect(declared.count > 100)
        #expect(declared.sorted() == listed.sorted())
    }

    @Test("a message of a newer sender still decodes: unknown members are ignored", arguments: GoldenExample.all)
    func unknownMembers(_ example: GoldenExample) throws {
        guard case .object(var envelope) = try WireJSON.decoder().decode(JSONValue.self, from: example.bytes()),
            case .object(var data) = envelope["data"]
        else {
            Issue.record("an envelope with data was expected")
            return
        }
        let before = try WireJSON.encoder().encode(JSONValue.object(envelope))
        data["addedLater"] = .object(["any": .int(1)])
        envelope["data"] = .object(data)
        envelope["addedlater"] = .string("x")
        let after = try WireJSON.encoder().encode(JSONValue.object(envelope))
        #expect(try example.recode(after) == example.recode(before))
    }
}
