import Foundation
import Synchronization

/// Holds back whoever asks too often, or sends too much: each has a bucket that a request, or a byte, empties by one and time fills
/// again. A copy of console counts for itself.
final class RateLimiter: Sendable {
    private struct Bucket {
        var left: Double
        var at: ContinuousClock.Instant
    }

    private let perSecond: Double
    /// As many may come at once.
    private let most: Double
    private let buckets = Mutex<[String: Bucket]>([:])

    /// What is remembered is bounded: at so many, full buckets are forgotten, and all where that leaves too many.
    private static let mostBuckets = 100_000

    /// - Parameter requestsAMinute: on average, and at once as many as in ten seconds, ten at least; 0 sets no limit.
    init(requestsAMinute: Int) {
        perSecond = Double(requestsAMinute) / 60
        most = max(10, Double(requestsAMinute) / 6)
    }

    /// - Parameter bytesAnHour: on average, and at once as many as in an hour; 0 sets no limit.
    init(bytesAnHour: Int) {
        perSecond = Double(bytesAnHour) / 3_600
        most = Double(bytesAnHour)
    }

    /// Nil when the request, or so many bytes, may pass; else seconds until they may.
    ///
    /// - Parameter takes: false only looks.
    func wait(
        of client: String, for amount: Int = 1, takes: Bool = true, now: ContinuousClock.Instant = .now
    ) -> Int? {
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
            let amount = Double(amount)
            guard bucket.left >= amount else { return Int(((amount - bucket.left) / perSecond).rounded(.up)) }
            if takes { bucket.left -= amount }
            return nil
        }
    }

    private func isFull(_ bucket: Bucket, _ now: ContinuousClock.Instant) -> Bool {
        bucket.left + (now - bucket.at) / .seconds(1) * perSecond >= most
    }
}
