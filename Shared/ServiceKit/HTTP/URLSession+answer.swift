public import Foundation
public import FoundationNetworking

/// In the place of `data(for:)`, `upload(for:fromFile:)` and `download(for:)`, which hang for ever, and a thread that all tasks share with
/// them, when they are cancelled just as the answer comes (swiftlang/swift-corelibs-foundation#5412, docs/adr/0065).
extension URLSession {
    /// A session that keeps neither answers nor cookies.
    ///
    /// - Parameter patience: seconds from one byte to the next.
    public static func withoutStores(patience: TimeInterval = 60) -> URLSession {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpCookieStorage = nil
        configuration.urlCache = nil
        configuration.timeoutIntervalForRequest = patience
        return URLSession(configuration: configuration)
    }

    /// What is answered. A task that is cancelled gives the request up and throws.
    public func answer(to request: URLRequest) async throws -> (Data, URLResponse) {
        try await outcome { dataTask(with: request, completionHandler: $0) }
    }

    /// As above, with a file for the request's body.
    public func answer(to request: URLRequest, sending file: URL) async throws -> (Data, URLResponse) {
        try await outcome { uploadTask(with: request, fromFile: file, completionHandler: $0) }
    }

    /// As above, with the answer's body in a file that the caller deletes.
    public func download(_ request: URLRequest) async throws -> (URL, URLResponse) {
        try await outcome { end in
            downloadTask(with: request) { file, response, error in
                do {
                    end(try file.map(Self.keep), response, error)
                } catch {
                    end(nil, response, error)
                }
            }
        }
    }

    /// The session deletes its own as soon as it has told of it.
    private static func keep(_ file: URL) throws -> URL {
        let place = FileManager.default.temporaryDirectory.appending(path: "mendloop-download-\(UUID().uuidString)")
        try FileManager.default.moveItem(at: file, to: place)
        return place
    }

    private func outcome<Body: Sendable>(
        _ task: (_ end: @escaping @Sendable (Body?, URLResponse?, (any Error)?) -> Void) -> URLSessionTask
    ) async throws -> (Body, URLResponse) {
        let request = RequestUnderWay()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                request.begin(
                    task { body, response, error in
                        if let body, let response, error == nil {
                            continuation.resume(returning: (body, response))
                        } else {
                            continuation.resume(throwing: error ?? URLError(.badServerResponse))
                        }
                    })
            }
        } onCancel: {
            request.giveUp()
        }
    }
}
