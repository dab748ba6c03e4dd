import Dispatching
import Foundation

/// One question to OSRM's table service, and how its answer is read: how long it takes between a site and some places,
/// in one direction.
struct OSRMTable: Sendable {
    enum Direction: Sendable {
        case fromSite
        case toSite
    }

    var site: TravelCell
    var places: [TravelCell]
    var direction: Direction

    /// Faster than this as the crow flies nobody is, metres a second: such an answer is about another place, since OSRM
    /// takes the nearest road of its map, however far that is.
    private static let fastest = 50.0
    /// A week.
    private static let longest = 604_800.0

    /// The path below the service's own, with its query: the site is coordinate 0.
    var path: String {
        let coordinates = ([site] + places).map { "\(Self.degrees($0.longitude)),\(Self.degrees($0.latitude))" }
        let others = (1..<places.count + 1).map(String.init).joined(separator: ";")
        let (sources, destinations) = direction == .fromSite ? ("0", others) : (others, "0")
        return "/table/v1/driving/\(coordinates.joined(separator: ";"))"
            + "?sources=\(sources)&destinations=\(destinations)&annotations=duration"
    }

    /// Seconds of each place, rounded up; nil where there is no road.
    ///
    /// - Throws: `OSRMError` when the answer is not what was asked for.
    func read(_ body: Data, status: Int) throws(OSRMError) -> [Int32?] {
        let answer = try? JSONDecoder().decode(Answer.self, from: body)
        if let code = answer?.code, Self.hasNoRoad.contains(code) { return places.map { _ in nil } }
        guard status == 200 else { throw .refused(status: status, code: answer?.code) }
        guard let answer else { throw .nonsense("expected JSON with code and durations") }
        guard answer.code == "Ok" else { throw .refused(status: status, code: answer.code) }
        guard let rows = answer.durations else { throw .nonsense("expected durations") }
        let (height, width) = direction == .fromSite ? (1, places.count) : (places.count, 1)
        guard rows.count == height, rows.allSatisfy({ $0.count == width }) else {
            throw .nonsense("expected \(height) × \(width) durations")
        }
        var seconds: [Int32?] = []
        for (place, value) in zip(places, rows.joined()) {
            guard let value else {
                seconds.append(nil)
                continue
            }
            guard (0...Self.longest).contains(value) else {
                throw .nonsense("expected durations from 0 to \(Int(Self.longest)), not \(value)")
            }
            let isBelievable = metres(to: place) <= Self.fastest * (value + 60)
            seconds.append(isBelievable ? Int32(value.rounded(.up)) : nil)
        }
        return seconds
    }

    /// As the crow flies, on a flat map: good enough to tell nonsense.
    private func metres(to place: TravelCell) -> Double {
        let radians = Double.pi / 180 / 10_000
        let north = Double(site.latitude - place.latitude)
        let east =
            Double(site.longitude - place.longitude)
            * cos(Double(site.latitude + place.latitude) / 2 * radians)
        return (north * north + east * east).squareRoot() * 11.12
    }

    /// Ten-thousandths of a degree as decimal text: 31.23.
    private static func degrees(_ value: Int) -> String {
        let digits = String(value.magnitude % 10_000 + 10_000).dropFirst()
        return "\(value < 0 ? "-" : "")\(value.magnitude / 10_000).\(digits)"
    }

    /// Codes of a service that is well and says that these places have no road.
    private static let hasNoRoad: Set<String> = ["NoSegment", "NoTable"]

    private struct Answer: Decodable {
        var code: String
        var durations: [[Double?]]?
    }
}

/// Why OSRM told nothing.
enum OSRMError: Error, Equatable, CustomStringConvertible {
    case unreachable(String)
    case noAnswer(within: Duration)
    case refused(status: Int, code: String?)
    case nonsense(String)

    var description: String {
        switch self {
        case .unreachable(let reason): "unreachable: \(reason)"
        case .noAnswer(let limit): "no answer within \(limit)"
        case .refused(let status, let code): "refused with status \(status)" + (code.map { ", code \($0)" } ?? "")
        case .nonsense(let expected): "an answer that is none: \(expected)"
        }
    }
}
