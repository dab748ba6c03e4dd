import DomainContracts
import Foundation
import Testing

/// One message of the contract and the example of it that must be readable for ever: an envelope in
/// `Golden/<folder>/<type>.json`. docs/asyncapi.yaml shows the same examples.
struct GoldenExample: Sendable, CustomTestStringConvertible {
    enum Folder: String, CaseIterable, Sendable { case commands, events, queries, replies, operations }

    let folder: Folder
    let type: String
    /// Name of the Swift type of the data.
    let data: String
    /// Reads an envelope as the message's type and writes it canonically.
    let recode: @Sendable (Data) throws -> String

    var path: String { "\(folder.rawValue)/\(type).json" }
    var testDescription: String { path }
    func bytes() throws -> Data { try Data(contentsOf: Repository.golden.appending(path: path)) }

    init<D: Codable & Sendable>(_ folder: Folder, _ type: String, _ data: D.Type) {
        self.folder = folder
        self.type = type
        self.data = String(describing: data)
        recode = { bytes in
            let event = try WireJSON.decoder().decode(CloudEvent<D>.self, from: bytes)
            return String(decoding: try WireJSON.canonicalEncoder().encode(event), as: UTF8.self)
        }
    }

    static let all: [GoldenExample] =
        MessageCatalogue.commands.flatMap { ofCommand($0) } + MessageCatalogue.events.map { ofEvent($0) }
        + MessageCatalogue.queries.flatMap { ofQuery($0) } + ofOperations

    static func ofCommand<C: Command>(_ command: C.Type) -> [GoldenExample] {
        [
            GoldenExample(.commands, C.wireType, C.self), GoldenExample(.replies, C.acceptedType, C.Reply.self),
            GoldenExample(.replies, C.rejectedType, Problem.self),
        ]
    }

    static func ofEvent<E: Event>(_ event: E.Type) -> GoldenExample { GoldenExample(.events, E.wireType, E.self) }

    static func ofQuery<Q: Query>(_ query: Q.Type) -> [GoldenExample] {
        [GoldenExample(.queries, Q.wireType, Q.self), GoldenExample(.replies, Q.answerType, Q.Reply.self)]
    }

    /// What every service answers alike; the examples are intake's.
    static let ofOperations = [
        GoldenExample(.operations, Operations.type(.intake, Operations.dead), DeadLettersQuery.self),
        GoldenExample(.operations, Operations.type(.intake, Operations.dead + "-answer"), DeadLetters.self),
        GoldenExample(.operations, Operations.type(.intake, Operations.story), StoryQuery.self),
        GoldenExample(.operations, Operations.type(.intake, Operations.story + "-answer"), StoryAnswer.self),
        GoldenExample(
            .operations, Operations.type(.intake, Operations.settleDeadLetters), SettleDeadLetters.self),
        GoldenExample(
            .operations, Operations.type(.intake, Operations.settleDeadLetters + "-accepted"), DeadLettersSettled.self),
        GoldenExample(.operations, Operations.type(.intake, Operations.republish), RepublishQuery.self),
        GoldenExample(.operations, Operations.type(.intake, Operations.republish + "-answer"), Republished.self),
    ]
}

/// Any JSON in the one form that compares.
func canonical(_ bytes: Data) throws -> String {
    let value = try WireJSON.decoder().decode(JSONValue.self, from: bytes)
    return String(decoding: try WireJSON.canonicalEncoder().encode(value), as: UTF8.self)
}
