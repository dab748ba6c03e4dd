/// Ways that decisions about some jobs may ask for: between each job's site and the places that are nearest to it, both
/// ways.
public struct TravelNeeds: Sendable {
    /// Of one site.
    public struct Star: Sendable {
        public let site: TravelCell
        /// The nearest first.
        public let places: [TravelCell]

        public init(site: TravelCell, places: [TravelCell]) {
            self.site = site
            self.places = places
        }
    }

    public let stars: [Star]

    /// - Parameters:
    ///   - sites: of the jobs, the most urgent first. Whoever gets one may get another after it.
    ///   - places: where those who may go begin their days and have their stops.
    ///   - nearest: the most places to a site.
    public init(sites: [TravelPoint], places: [TravelPoint], nearest: Int) {
        let (sites, all) = (Self.distinct(sites), Self.distinct(sites + places))
        stars = sites.compactMap { site in
            guard let cell = site.cell else { return nil }
            let others = all.filter { $0.key != site.key }.map { (square: site.squaredChord(to: $0), key: $0.key) }
                .sorted { ($0.square, $0.key) < ($1.square, $1.key) }
            return Star(site: cell, places: others.prefix(nearest).map { TravelCell(key: $0.key) })
        }
    }

    /// One of each cell, those without one left out.
    private static func distinct(_ points: [TravelPoint]) -> [TravelPoint] {
        var seen: Set<UInt64> = [TravelCell.none]
        return points.filter { seen.insert($0.key).inserted }
    }
}
