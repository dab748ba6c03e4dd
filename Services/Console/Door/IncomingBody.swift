import FlyingFox
import Foundation

/// A request's body as it comes in. It is read once.
struct IncomingBody: AsyncSequence, Sendable {
    typealias Element = Data

    var parts = HTTPBodySequence()

    func makeAsyncIterator() -> HTTPBodySequence.Iterator { parts.makeAsyncIterator() }

    /// All of it.
    ///
    /// - Throws: `DoorRefusal` when it is more than `most` bytes.
    func whole(_ exchange: Exchange, most: Int) async throws -> Data {
        if let length = exchange.header("Content-Length").flatMap({ Int($0) }), length > most {
            throw DoorRefusal.tooLarge(most: most)
        }
        var body = Data()
        for try await part in self {
            guard body.count + part.count <= most else { throw DoorRefusal.tooLarge(most: most) }
            body += part
        }
        return body
    }
}
