import DomainContracts
import Foundation
import ServiceKit

/// What is to be played, and where.
public struct SimulationConfiguration: Sendable {
    /// Where the reports come from.
    public enum Reports: Sendable, Hashable {
        /// The bilingual set that Mendloop ships.
        case builtIn
        /// A CSV file after the Open Repair Data Standard; its rows are taken from the first, and again from the first
        /// when they do not suffice.
        case openRepair(file: String)
    }

    /// `amqp://user:password@host:port/vhost` of a running installation.
    public var amqpURL: String
    /// The clock that the services run by: the same epoch and factor.
    public var clock: DomainClock
    public var reports: Reports
    /// How many reports, 1…1,000,000, duplicates on a second channel not counted.
    public var count: Int
    public var seed: UInt64
    /// How many engineers; nil chooses for the count, 24…160.
    public var engineers: Int?
    /// How many reports may be on their way at once; nil allows ten for each engineer.
    public var inFlight: Int?
    public var shares: FateShares
    /// Real time without any order ending after which the run is given up and judged as it stands; nil allows for the
    /// longest deadline.
    public var stallLimit: Duration?
    /// Names the run's own queue and ids; a new one each time unless given.
    public var run: String

    public init(
        amqpURL: String, clock: DomainClock, reports: Reports = .builtIn, count: Int = 200, seed: UInt64 = 1,
        engineers: Int? = nil, inFlight: Int? = nil, shares: FateShares? = nil, stallLimit: Duration? = nil,
        run: String = UUID.v7().text
    ) {
        self.amqpURL = amqpURL
        self.clock = clock
        self.reports = reports
        self.count = count
        self.seed = seed
        self.engineers = engineers
        self.inFlight = inFlight
        self.shares = shares ?? (count < 1_000 ? .brisk : FateShares())
        self.stallLimit = stallLimit
        self.run = run
    }

    /// A clock on which it is half past seven in the morning in China at `start`: shifts begin soon.
    ///
    /// - Parameter factor: domain seconds a real second, 2…1440.
    public static func morningClock(factor: Int, start: Date = .now) -> (clock: DomainClock, epoch: Date) {
        let secondOfDay = (start.timeIntervalSince1970 + 8 * 3600).truncatingRemainder(dividingBy: 86_400)
        let ahead = (7.5 * 3600 - secondOfDay + 86_400).truncatingRemainder(dividingBy: 86_400)
        // Domain time = epoch + (real − epoch) × factor has to be start + ahead at start.
        let epoch = start.addingTimeInterval(-ahead / Double(max(factor, 2) - 1)).inWholeMilliseconds
        return (.scaled(epoch: epoch, factor: factor), epoch)
    }

    var crewSize: Int { engineers ?? min(160, max(24, count * 2 / 5)) }
    var mostInFlight: Int { inFlight ?? crewSize * 10 }

    /// Five days of domain time and two minutes for the machine.
    var longestStall: Duration { stallLimit ?? .seconds(5 * 86_400 / clock.factor + 120) }
}
