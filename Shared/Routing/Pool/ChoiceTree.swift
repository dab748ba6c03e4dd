/// Tries choices of routes, the job with the fewest left first, as far as their reduced costs let them be better than
/// the best.
struct ChoiceTree {
    private let prices: RoutePrices
    private let most: Int
    /// By what they cost above the least that one of their kind does, the cheapest first.
    private let candidates: [(extra: Double, route: Int)]
    /// Of each job, its candidates.
    private let candidatesOf: [[Int]]
    /// The jobs of each candidate as bits, a row each.
    private let bits: [UInt64]
    /// Jobs of which it is decided who has them, or that nobody does.
    private var covered: [UInt64]
    private let words: Int
    private var vehiclesLeft: [Int]
    private var chosen: [Int] = []
    private var visited = 0
    private var bestCost: Int

    /// The cheapest choice found, as routes of the pool beside those that were fixed before.
    private(set) var best: [Int]?
    /// Whether every choice was looked at that could be better.
    var isComplete: Bool { !isOver && !hasMoreCandidates }
    private let hasMoreCandidates: Bool
    private var isLate = false
    private var isOver: Bool { isLate || visited > most }

    private static let mostCandidates = 4000

    /// - Parameters:
    ///   - upper: what a choice has to be better than.
    ///   - most: branches to try.
    init(_ prices: RoutePrices, below upper: Int, most: Int) {
        self.prices = prices
        self.most = most
        bestCost = upper
        vehiclesLeft = prices.vehiclesLeft
        // Of a kind with one vehicle the bound counts the best route already.
        let isOnly = vehiclesLeft.map { $0 == 1 }
        var least = Array(repeating: 0.0, count: isOnly.count)
        let reduced = prices.live.map { (cost: prices.reducedCost($0), route: $0, kind: prices.pool.routes[$0].kind) }
        for one in reduced where isOnly[one.kind] { least[one.kind] = min(least[one.kind], one.cost) }
        var candidates = reduced.map { one in
            (extra: max(0, isOnly[one.kind] ? one.cost - least[one.kind] : one.cost), cost: one.cost, route: one.route)
        }
        candidates.removeAll { prices.bound + $0.extra > Double(upper) - 1 }
        candidates.sort { ($0.extra, $0.cost, $0.route) < ($1.extra, $1.cost, $1.route) }
        hasMoreCandidates = candidates.count > Self.mostCandidates
        let kept = candidates.prefix(Self.mostCandidates).map { (extra: $0.extra, route: $0.route) }
        self.candidates = kept
        words = (prices.isOpen.count + 63) / 64
        covered = Array(repeating: 0, count: words)
        for job in prices.isOpen.indices where !prices.isOpen[job] { covered[job / 64] |= 1 << UInt64(job % 64) }
        var bits = Array(repeating: UInt64(0), count: words * kept.count)
        var candidatesOf = Array(repeating: [Int](), count: prices.isOpen.count)
        for (candidate, route) in kept.map(\.route).enumerated() {
            for job in prices.pool.routes[route].jobs.map(Int.init) {
                candidatesOf[job].append(candidate)
                bits[candidate * words + job / 64] |= 1 << UInt64(job % 64)
            }
        }
        (self.bits, self.candidatesOf) = (bits, candidatesOf)
    }

    mutating func search(while goesOn: () -> Bool) {
        branch(prices.bound, prices.fixedCost, open: prices.isOpen.count { $0 }, while: goesOn)
    }

    /// - Parameters:
    ///   - lower: what no choice from here costs less than.
    ///   - cost: of what is chosen and left out so far.
    ///   - open: jobs of which nothing is decided yet.
    private mutating func branch(_ lower: Double, _ cost: Int, open: Int, while goesOn: () -> Bool) {
        visited += 1
        if visited & 15 == 0, !goesOn() { isLate = true }
        if open == 0 {
            if cost < bestCost { (best, bestCost) = (chosen.map { candidates[$0].route }, cost) }
            return
        }
        guard !isOver, let job = narrowest(lower) else { return }
        for candidate in candidatesOf[job] {
            let next = lower + candidates[candidate].extra
            if next > Double(bestCost) - 1 { break }
            guard isFree(candidate) else { continue }
            let route = prices.pool.routes[candidates[candidate].route]
            turn(candidate)
            chosen.append(candidate)
            vehiclesLeft[route.kind] -= 1
            branch(next, cost + route.cost, open: open - route.jobs.count, while: goesOn)
            vehiclesLeft[route.kind] += 1
            chosen.removeLast()
            turn(candidate)
            if isOver { return }
        }
        let prize = prices.prizes[job]
        let without = lower + Double(prize) - prices.ofJob[job]
        guard without <= Double(bestCost) - 1 else { return }
        covered[job / 64] ^= 1 << UInt64(job % 64)
        branch(without, cost + prize, open: open - 1, while: goesOn)
        covered[job / 64] ^= 1 << UInt64(job % 64)
    }

    /// The open job with the fewest choices; nil when one has none.
    private func narrowest(_ lower: Double) -> Int? {
        var (narrowest, fewest) = (-1, Int.max)
        for job in candidatesOf.indices where covered[job / 64] >> UInt64(job % 64) & 1 == 0 {
            let without = lower + Double(prices.prizes[job]) - prices.ofJob[job]
            var count = without <= Double(bestCost) - 1 ? 1 : 0
            for candidate in candidatesOf[job] where count < fewest {
                if lower + candidates[candidate].extra > Double(bestCost) - 1 { break }
                if isFree(candidate) { count += 1 }
            }
            if count == 0 { return nil }
            if count < fewest { (narrowest, fewest) = (job, count) }
            if fewest == 1 { break }
        }
        return narrowest
    }

    private func isFree(_ candidate: Int) -> Bool {
        guard vehiclesLeft[prices.pool.routes[candidates[candidate].route].kind] > 0 else { return false }
        for word in 0..<words where bits[candidate * words + word] & covered[word] != 0 { return false }
        return true
    }

    /// Covers the jobs of a candidate, or uncovers them.
    private mutating func turn(_ candidate: Int) {
        for word in 0..<words { covered[word] ^= bits[candidate * words + word] }
    }
}
