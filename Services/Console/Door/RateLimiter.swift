import Foundation
import Synchronization

/// Holds back whoever asks too often: each has a bucket that a request empties by one and time fills again. A copy of console
/// counts for itself.
final class RateLimiter: Sendable {
    private struct Bucket {
        var left: Double
        var at: ContinuousClock.Instant
    }

    private let perSecond: Double
    /// As many may come at once as come in ten seconds on average, and ten at least.
    private let most: Double
    private let buckets = Mutex<[String: Bucket]>([:])

    /// What is remembered is bounded: at so many, full buckets are forgotten, and all where that leaves too many.
    private static let mostBuckets = 100_000

    /// - Parameter requestsAMinute: on average; 0 sets no limit.
    init(requestsAMinute: Int) {
        perSecond = Double(requestsAMinute) / 60
        most = max(10, Double(requestsAMinute) / 6)
    }

    /// Nil when the request may pass; else seconds until one may.
    func wait(of client: String, now: ContinuousClock.Instant = .now) -> Int? {
        guard perSecond > 0 else { return nil }
        return buckets.withLock { buckets in
            if buckets.count >= Self.mostBuckets {
                buckets = buckets.filter { !isFull($0.value, now) }
                // Looking through them for each request would cost more than it holds back.
                if buckets.count >= Self.mostBuckets / 2 { buckets = [:] }
            }
            var bucket = buckets[client] ?? Bucket(left: most, at: now)
            bucket.left = min(most, bucket.left + (now - bucket.at) / .seconds(1) * perSecond)
            bucket.at = now
            defer { buckets[client] = bucket }
            guard bucket.left >= 1 else { return Int(((1 - bucket.left) / perSecond).rounded(.up)) }
            bucket.left -= 1
            return nil
        }
    }

    private func isFull(_ bucket: Bucket, _ now: ContinuousClock.Instant) -> Bool {
        bucket.left + (now - bucket.at) / .seconds(1) * perSecond >= most
    }
}
