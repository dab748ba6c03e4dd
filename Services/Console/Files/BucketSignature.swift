import Crypto
import Foundation
import ServiceKit

/// Who may use a bucket.
struct BucketKey: Sendable {
    let id: String
    let secret: String
}

/// AWS Signature Version 4 in a header, as S3 and those who are compatible with it ask for:
/// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
struct BucketSignature {
    let key: BucketKey
    let region: String

    /// Adds `x-amz-date`, `x-amz-content-sha256` and `Authorization` to a request's headers, all of which are signed.
    ///
    /// - Parameters:
    ///   - path: as it goes over the wire, percent-encoded.
    ///   - query: the same, in the order of its names.
    ///   - headers: with `Host`, as they go over the wire.
    ///   - contentHash: SHA-256 of the body, hexadecimal.
    func signed(
        _ method: String, path: String, query: String = "", headers: [String: String], contentHash: String, at now: Date
    ) -> [String: String] {
        var headers = headers
        let time = Self.time(now)
        let scope = "\(time.prefix(8))/\(region)/s3/aws4_request"
        headers["x-amz-date"] = time
        headers["x-amz-content-sha256"] = contentHash
        let sorted = headers.map { (name: $0.key.lowercased(), value: $0.value.trimmingCharacters(in: .whitespaces)) }
            .sorted { $0.name < $1.name }
        let names = sorted.map(\.name).joined(separator: ";")
        let request =
            ([method, path, query] + sorted.map { "\($0.name):\($0.value)" } + ["", names, contentHash])
            .joined(separator: "\n")
        let text = ["AWS4-HMAC-SHA256", time, scope, Self.hash(request)].joined(separator: "\n")
        headers["Authorization"] =
            "AWS4-HMAC-SHA256 Credential=\(key.id)/\(scope),SignedHeaders=\(names),Signature=\(signature(of: text, scope))"
        return headers
    }

    /// The key is derived through the parts of the scope, one by one.
    private func signature(of text: String, _ scope: String) -> String {
        let signing = scope.split(separator: "/").reduce(Data("AWS4\(key.secret)".utf8)) { key, part in
            Self.code(String(part), key)
        }
        return Self.code(text, signing).hexadecimal
    }

    private static func code(_ text: String, _ key: Data) -> Data {
        Data(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: SymmetricKey(data: key)))
    }

    static func hash(_ text: String) -> String { SHA256.hash(data: Data(text.utf8)).hexadecimal }

    /// As in `20130524T000000Z`.
    private static func time(_ date: Date) -> String {
        date.formatted(.iso8601.dateSeparator(.omitted).timeSeparator(.omitted))
    }
}
