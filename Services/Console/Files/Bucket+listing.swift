import DomainContracts
import Foundation
import FoundationNetworking
import ServiceKit

/// What a bucket holds.
struct BucketListing: Sendable {
    var objects: [(name: String, changedAt: Date)]
    /// Nothing comes behind these.
    var isWhole: Bool
}

extension Bucket {
    /// The next objects under the bucket's URL, in the order of their names.
    ///
    /// - Parameters:
    ///   - name: the last of those before.
    ///   - most: at most so many, 1 to 1,000.
    /// - Throws: `BucketError`.
    func list(after name: String?, most: Int = 1_000) async throws -> BucketListing {
        let request = request("GET", at: listing(after: name, most))
        let (body, response) = try await asking { try await session.answer(to: request) }
        _ = try Self.checked(response, body)
        return Self.read(String(decoding: body, as: UTF8.self), under: prefix)
    }

    /// What stands before every object's name: the path behind the bucket's own.
    private var prefix: String {
        url.pathComponents.filter { $0 != "/" }.dropFirst().map { $0 + "/" }.joined()
    }

    private func listing(after name: String?, _ most: Int) -> URL {
        var parts = URLComponents(url: url, resolvingAgainstBaseURL: false) ?? URLComponents()
        parts.path = "/" + (url.pathComponents.first { $0 != "/" } ?? "")
        var query = [("list-type", "2"), ("max-keys", "\(most)"), ("prefix", prefix)]
        if let name { query.append(("start-after", prefix + name)) }
        // Names of ours are letters, digits and slashes; `URLComponents` would leave the slashes.
        parts.percentEncodedQuery = query.filter { !$0.1.isEmpty }
            .map { "\($0)=\(Self.encoded($1))" }.joined(separator: "&")
        return parts.url ?? url
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

    /// Of a `ListBucketResult` the names and times; a name of ours has nothing in it that XML would write otherwise.
    static func read(_ text: String, under prefix: String) -> BucketListing {
        let objects = text.matches(of: /<Contents>(.*?)<\/Contents>/.dotMatchesNewlines()).compactMap { match in
            let entry = match.1
            guard let key = entry.firstMatch(of: /<Key>([^<]*)<\/Key>/)?.1, key.hasPrefix(prefix),
                let time = entry.firstMatch(of: /<LastModified>([^<]*)<\/LastModified>/)?.1,
                let changedAt = RFC3339.parse(String(time))
            else { return nil as (name: String, changedAt: Date)? }
            return (String(key.dropFirst(prefix.count)), changedAt)
        }
        return BucketListing(objects: objects, isWhole: !text.contains("<IsTruncated>true</IsTruncated>"))
    }
}
