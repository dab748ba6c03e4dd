import Foundation

/// What kind of history a seed makes: a few orders in a calm house, or many in a storm. Chances are in a thousand.
struct Temper {
    let reports: Int
    let chaosSteps: Int
    let largestBatch: Int
    /// A message is taken from anywhere in the queue instead of its head.
    let disorder: Int
    let duplicate: Int
    let crashBeforeCommit: Int
    let crashAfterCommit: Int
    /// A relay dies between publishing and deleting, or the broker takes only some.
    let relayFault: Int
    let outage: Int
    /// A publish of the outside world is lost, or only its confirm.
    let lostPublish: Int
    /// Time jumps to the next deadline although messages are on their way.
    let impatience: Int
    /// People do what does not fit.
    let contrariness: Int
    /// Agents hold, cancel, merge and settle from afar what would have gone its way.
    let fickleness: Int
    /// So many of four things that a deadline watches are never looked after by anybody.
    let neglect: Int
    /// Messages that travel in bytes, and states that are read back from their document.
    let encoded: Int

    init(_ dice: inout Dice) {
        reports = [1, 1, 2, 2, 3, 5][dice.number(0..<6)]
        chaosSteps = reports * dice.number(60..<260)
        largestBatch = [1, 3, 8, 30][dice.number(0..<4)]
        disorder = [0, 100, 500, 1000][dice.number(0..<4)]
        duplicate = [0, 20, 150][dice.number(0..<3)]
        crashBeforeCommit = [0, 20, 150][dice.number(0..<3)]
        crashAfterCommit = [0, 20, 150][dice.number(0..<3)]
        relayFault = [0, 30, 200][dice.number(0..<3)]
        outage = [0, 3, 15][dice.number(0..<3)]
        lostPublish = [0, 30, 150][dice.number(0..<3)]
        impatience = [5, 30, 120][dice.number(0..<3)]
        contrariness = [0, 60, 250][dice.number(0..<3)]
        fickleness = [10, 60, 300][dice.number(0..<3)]
        neglect = [0, 1, 2][dice.number(0..<3)]
        encoded = [0, 30, 300][dice.number(0..<3)]
    }

    /// Whether a thing is left to its deadline, once people do their duty otherwise.
    func neglects(_ id: UUID) -> Bool { Int(id.uuid.15 % 4) < neglect }
}
