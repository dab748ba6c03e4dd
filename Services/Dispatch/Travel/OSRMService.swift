import Foundation
import FoundationNetworking
import ServiceKit

/// A road service that speaks OSRM's HTTP interface.
final class OSRMService: Sendable {
    /// Places beside the site in one table: OSRM answers at most 100 coordinates unless told otherwise.
    static let placesATable = 99

    private let base: String
    private let session: URLSession

    /// - Parameter base: `http://` or `https://` with host, port and path, without a slash at its end.
    init(base: String) {
        self.base = base
        session = .withoutStores()
    }

    deinit { session.invalidateAndCancel() }

    /// Seconds of each place of a table; nil where there is no road.
    ///
    /// - Throws: `OSRMError`.
    func ask(_ table: OSRMTable, within limit: Duration) async throws -> [Int32?] {
        guard let url = URL(string: base + table.path) else { throw OSRMError.unreachable("\(base) makes no URL") }
        let (body, status) = try await get(url, within: limit)
        return try table.read(body, status: status)
    }

    /// The session's own time limits begin anew with each byte; this one is for the whole.
    private func get(_ url: URL, within limit: Duration) async throws -> (Data, Int) {
        try await withThrowingTaskGroup(of: (Data, Int).self) { group in
            group.addTask { [session] in
                do {
                    let (body, response) = try await session.answer(to: URLRequest(url: url))
                    return (body, (response as? HTTPURLResponse)?.statusCode ?? 0)
                } catch {
                    throw OSRMError.unreachable(error.localizedDescription)
                }
            }
            group.addTask {
                try await Task.sleep(for: limit)
                throw OSRMError.noAnswer(within: limit)
            }
            defer { group.cancelAll() }
            guard let answer = try await group.next() else { throw OSRMError.noAnswer(within: limit) }
            return answer
        }
    }
}
