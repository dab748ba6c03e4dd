import Foundation
import FoundationNetworking
import ServiceKit

/// A bucket of a service that speaks S3's interface, each object with its path under the bucket's URL.
final class Bucket: Sendable {
    let url: URL
    private let signature: BucketSignature
    let session: URLSession
    /// Real time, which requests are signed by.
    private let now: @Sendable () -> Date

    /// - Parameter url: `https://host[:port]/bucket[/prefix]`, without a slash at its end.
    init(_ url: URL, region: String, key: BucketKey, now: @escaping @Sendable () -> Date = { Date() }) {
        self.url = url
        self.now = now
        signature = BucketSignature(key: key, region: region)
        // The size of a file is bounded.
        session = .withoutStores(patience: 20)
    }

    deinit { session.invalidateAndCancel() }

    /// The headers of an object; nil where there is none.
    ///
    /// - Throws: `BucketError`.
    func head(_ object: String) async throws -> HTTPURLResponse? {
        let request = request("HEAD", object)
        let (_, response) = try await asking { try await session.answer(to: request) }
        return response.statusCode == 404 ? nil : try Self.checked(response, nil)
    }

    /// Puts a file where an object of its bytes is to be.
    ///
    /// - Parameter hash: SHA-256 of the file, hexadecimal; what comes in otherwise is refused.
    /// - Throws: `BucketError`.
    func put(_ object: String, file: URL, hash: String, headers: [String: String]) async throws {
        let request = request("PUT", object, headers: headers, contentHash: hash)
        let (body, response) = try await asking { try await session.answer(to: request, sending: file) }
        _ = try Self.checked(response, body)
    }

    /// Fetches a part of an object into a file that is made.
    ///
    /// - Throws: `BucketError`.
    func get(_ object: String, _ part: Range<Int>, into file: URL) async throws {
        let request = request(
            "GET", object, headers: ["Range": "bytes=\(part.lowerBound)-\(part.upperBound - 1)"])
        let (written, response) = try await asking { try await session.download(request) }
        defer { try? FileManager.default.removeItem(at: written) }
        _ = try Self.checked(response, nil)
        try FileManager.default.copyItem(at: written, to: file)
    }

    /// Deletes an object, if there is one.
    ///
    /// - Throws: `BucketError`.
    func delete(_ object: String) async throws {
        let request = request("DELETE", object)
        let (body, response) = try await asking { try await session.answer(to: request) }
        if response.statusCode != 404 { _ = try Self.checked(response, body) }
    }

    func request(
        _ method: String, _ object: String, headers: [String: String] = [:],
        contentHash: String = BucketSignature.hash("")
    ) -> URLRequest {
        request(method, at: url.appending(path: object), headers: headers, contentHash: contentHash)
    }

    /// - Parameter place: its query as it is signed: in the order of its names, all but unreserved characters encoded.
    func request(
        _ method: String, at place: URL, headers: [String: String] = [:],
        contentHash: String = BucketSignature.hash("")
    ) -> URLRequest {
        var request = URLRequest(url: place)
        request.httpMethod = method
        var headers = headers
        headers["Host"] = place.port.map { "\(place.host() ?? ""):\($0)" } ?? place.host()
        let signed = signature.signed(
            method, path: place.path(percentEncoded: true), query: place.query(percentEncoded: true) ?? "",
            headers: headers, contentHash: contentHash, at: now())
        for (name, value) in signed { request.setValue(value, forHTTPHeaderField: name) }
        return request
    }

    func asking<Body>(
        _ send: () async throws -> (Body, URLResponse)
    ) async throws -> (Body, HTTPURLResponse) {
        let (body, response): (Body, URLResponse)
        do {
            (body, response) = try await send()
        } catch {
            throw BucketError.unreachable(error.localizedDescription)
        }
        guard let response = response as? HTTPURLResponse else { throw BucketError.unreachable("no HTTP answer") }
        return (body, response)
    }

    static func checked(_ response: HTTPURLResponse, _ body: Data?) throws -> HTTPURLResponse {
        guard (200..<300).contains(response.statusCode) else {
            let words = body.map { String(decoding: $0.prefix(400), as: UTF8.self) } ?? ""
            throw BucketError.refused(status: response.statusCode, words)
        }
        return response
    }
}

/// Why a bucket did not do what it was asked.
enum BucketError: Error, CustomStringConvertible {
    case unreachable(String)
    case refused(status: Int, String)

    var description: String {
        switch self {
        case .unreachable(let reason): "the bucket cannot be reached: \(reason)"
        case .refused(let status, let words): "the bucket answers \(status): \(words)"
        }
    }
}
