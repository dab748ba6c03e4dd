import FlyingSocks
import Foundation

/// The next bytes of an open file, once.
struct OpenFile: AsyncBufferedSequence {
    let handle: FileHandle
    let count: Int
    var flight: Flights.Flight?

    func makeAsyncIterator() -> Iterator { Iterator(handle: handle, flight: flight, left: count) }

    struct Iterator: AsyncBufferedIteratorProtocol {
        fileprivate let handle: FileHandle
        fileprivate let flight: Flights.Flight?
        fileprivate var left: Int

        mutating func next() async throws -> UInt8? { try await nextBuffer(suggested: 1)?.first }

        /// - Throws: when the file ends before its time.
        mutating func nextBuffer(suggested count: Int) async throws -> Data? {
            guard left > 0 else { return nil }
            guard let bytes = try handle.read(upToCount: Swift.min(count, left)), !bytes.isEmpty else {
                throw POSIXError(.EIO)
            }
            left -= bytes.count
            return bytes
        }
    }
}
