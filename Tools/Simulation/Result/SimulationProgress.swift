import Foundation

/// How far a run is, about once a second.
public struct SimulationProgress: Sendable {
    public enum Phase: String, Sendable { case setup, running, settling }

    public var phase: Phase
    public var reports: Int
    public var published: Int
    public var rejected: Int
    public var opened: Int
    public var closed: Int
    public var domainTime: Date
}
