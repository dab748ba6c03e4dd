import Foundation

/// A day of technicians as JSON: who is to be visited, who works, and the seconds between all places.
///
/// The weight of what is served comes first, then travel, unless a weight is said to be worth so much travel.
public struct TechnicianDay: Decodable, Sendable {
    public struct Job: Decodable, Sendable {
        public var id: JobID
        /// Row of `travelSeconds`.
        public var location: Int
        public var serviceSeconds: Int32
        /// Seconds of the day within which service may begin.
        public var windows: [[Int32]]
        /// 0…10,000, to a thousandth; 1 unless given.
        public var weight: Double?
        public var skills: [Int]?
        /// Id of the one engineer who may have it.
        public var engineer: JobID?
        /// Id of the engineer who has it in the plan that people know of.
        public var plannedFor: JobID?
        /// Travel that is worth giving it to another engineer; the day's unless given.
        public var reassignmentSeconds: Int32?
        /// Travel that is worth beginning a second sooner, 0…10, to a thousandth; 0 unless given.
        public var delayCost: Double?
        /// When service had better begin at the latest, and the travel that is worth a second of more, 0…10.
        public var dueSeconds: Int32?
        public var lateCost: Double?
        /// Travel that is worth not giving it to these engineers, seconds by their ids.
        public var engineerCosts: [String: Int32]?
        /// Whether it takes what an engineer fetches from his depot before, and the ids of those who have it with them.
        public var pickup: Bool?
        public var aboard: [JobID]?
        /// Others who do it together with the engineer who has it, from its beginning to its end.
        public var helpers: [Helper]?
    }

    public struct Helper: Decodable, Sendable {
        public var skills: [Int]?
        /// Id of the one engineer who may be it.
        public var engineer: JobID?
        /// Id of the engineer who is it in the plan that people know of.
        public var plannedFor: JobID?
        /// Travel that is worth not having these engineers for it, seconds by their ids.
        public var engineerCosts: [String: Int32]?
    }

    public struct Engineer: Decodable, Sendable {
        public var id: JobID
        public var start: Int
        public var end: Int
        /// From leaving `start` to being at `end`, seconds of the day.
        public var shift: [Int32]
        public var skills: [Int]?
        /// When regular hours end, and the travel that is worth a second of more, 0…10.
        public var overtimeFrom: Int32?
        public var overtimeCost: Double?
        public var pause: Break?
        /// Row of `travelSeconds`, and how long he stays there; he has all with him unless given.
        public var depot: Int?
        public var depotSeconds: Int32?

        private enum CodingKeys: String, CodingKey {
            case id, start, end, shift, skills, overtimeFrom, overtimeCost, depot, depotSeconds
            case pause = "break"
        }
    }

    /// Begun within a window, seconds of the day.
    public struct Break: Decodable, Sendable {
        public var window: [Int32]
        public var seconds: Int32
    }

    private(set) var travelSeconds: TravelTable
    public let jobs: [Job]
    public let engineers: [Engineer]
    /// Travel that is worth giving a job to another engineer than the one it is planned for; 0 unless given.
    public let reassignmentSeconds: Int32?
    /// Travel that is worth giving an hour of work to somebody who has an hour less to do, 0…1,000; 0 unless given.
    public let balanceSeconds: Double?
    /// Travel, and all else that counts as travel, that is worth serving a job of weight 1, 0…10,000,000; no travel outweighs a
    /// thousandth of it unless given.
    public let weightSeconds: Double?

    /// - Throws: `DecodingError`.
    public init(file: Data) throws {
        let travel = TravelRows(file)
        self = try JSONDecoder().decode(TechnicianDay.self, from: travel?.rest ?? file)
        if let travel { travelSeconds = travel.table }
    }
}

/// As the file has it: a number or a text.
public enum JobID: Codable, Sendable, Hashable, CustomStringConvertible {
    case number(Int)
    case text(String)

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            self = .number(number)
        } else {
            self = .text(try container.decode(String.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        }
    }

    public var description: String {
        switch self {
        case .number(let number): "\(number)"
        case .text(let text): text
        }
    }
}
