import DomainContracts
import Foundation

/// What a run came to.
public struct SimulationResult: Codable, Sendable {
    public var run: String
    public var seed: UInt64
    /// Reports sent, each once.
    public var reports: Int
    public var engineers: Int
    /// Who must be named where the data are shown.
    public var attribution: String?
    /// Domain time from the first report to the last order's end, seconds.
    public var domainSeconds: Int
    /// Real time of the run, seconds.
    public var realSeconds: Double
    /// Messages sent, repetitions included, and how many had to be sent again for want of an answer.
    public var messagesSent: Int
    public var messagesRepeated: Int
    /// Whether every order ended; otherwise the run was given up after nothing had ended for long.
    public var isComplete: Bool
    /// What people outside could not do as they meant to, with the first examples.
    public var stumbles: Int
    public var stumbleExamples: [String]
    /// Orders that had not ended, at most twenty.
    public var unfinished: [String]
    public var totals: Totals
    /// Engineers who fell ill, and how many of their visits were given to others.
    public var fellIll: Int
    public var visitsGivenAway: Int
    /// What came of dispatch's rules in a dry run over the same orders, and, as the draft, of sending whoever lives nearest
    /// of those who are free soon.
    public var againstNearest: RulesSimulated
    public var reconciliation: Reconciliation

    /// Whether every line of the reconciliation holds.
    public var holds: Bool { reconciliation.holds }
}
